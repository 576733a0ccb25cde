// For pages on which only the times are to be shown by the operator's own clock.

import { localise } from "./times.js";

localise(document);
