// The button that sends files: there only while a person answers, who alone gets them.

export function createAttach({ button, input, onFile }) {
  let maxBytes = 0;

  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    for (const file of input.files) onFile(file, file.size > maxBytes);
    input.value = "";
  });

  // `bytes` is the largest file that is taken now; 0 where none is.
  function allow(bytes) {
    maxBytes = bytes;
    button.hidden = !bytes;
  }

  return { allow };
}
