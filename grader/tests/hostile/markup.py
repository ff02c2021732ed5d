"""What would act in a learner's page: scripts, pictures, styles, links, in everything that has a name or a text."""

from __future__ import annotations

from tests.hostile.attack import SOLUTION, Attack

EVIL = "<script>document.title='OWNED';fetch('http://127.0.0.1:PORT_NUMBER/s')</script>"
IMAGE = "<img src=http://127.0.0.1:PORT_NUMBER/i onerror=document.title='OWNED'>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload=document.title='OWNED'><image href='http://127.0.0.1:PORT_NUMBER/v'/></svg>"
STYLE = "<style>@import 'http://127.0.0.1:PORT_NUMBER/c'; body {display: none}</style><link rel=stylesheet href=http://127.0.0.1:PORT_NUMBER/l>"
BREAK = f"</pre></code></title></style></script>--></textarea>\"'>{EVIL}{IMAGE}"
ALL = EVIL + IMAGE + SVG + STYLE + BREAK


def _names(notebook: dict) -> None:
    notebook["metadata"] = {
        "title": ALL,
        "authors": [{"name": ALL}],
        "language_info": {"name": ALL, "pygments_lexer": ALL, "mimetype": ALL, "file_extension": ALL},
        "kernelspec": {"name": ALL, "display_name": ALL, "language": ALL},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_name": ALL}}, "version_major": 2}},
    }
    for cell in notebook["cells"]:
        cell["id"] = ALL
        cell["metadata"].update(tags=[ALL], name=ALL, title=ALL)
        cell["attachments"] = {"x.png": {"image/svg+xml": SVG}}
        if cell["cell_type"] == "markdown":
            cell["source"] = f"# {ALL}"
        else:
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": ALL, "image/svg+xml": SVG}}]


_SHOW = f"""
from IPython.display import HTML, SVG, Javascript, Markdown, Image, display
A = {ALL!r}
for kind in (HTML, Javascript, Markdown): display(kind(A))
display({{m: A for m in ('text/html', 'text/markdown', 'text/latex', 'image/svg+xml', 'application/javascript', 'image/png',
 'application/vnd.jupyter.widget-view+json', 'text/plain')}}, raw=True)
print(A)
import warnings; warnings.warn(A)
class R:
    def _repr_html_(self): return A
    __repr__ = lambda s: A
R()
"""
_EXPRESSION = f"def forward(x, w, b):\n    raise type({ALL!r}, (Exception,), {{}})({ALL!r})  # {ALL}"
_KEYS = f"def neuron_sample_grads(x, y, w, b):\n    return {{{ALL!r}: x, 'db': {ALL!r}}}"
_WARNS = f"import warnings\ndef loss(a, y):  # {BREAK}\n    warnings.warn({ALL!r})\n    return 0.5 * (a - y) ** 2"

ATTACKS = (
    Attack("names and old outputs", start=SOLUTION, spoil=_names),
    Attack("everything displayed", _SHOW, start=SOLUTION),
    Attack("a figure that is none", "import sys\nsys.modules['__main__']\nimport notebook\nnotebook.Notebook._figures = lambda s: [b'\\x89PNG\\r\\n\\x1a\\n"
           "\\0\\0\\0\\rIHDR\\0\\0\\0\\1\\0\\0\\0\\1\"><script>document.title=1</script>']", start=SOLUTION),
    Attack("an error that acts", f"raise type({ALL!r}, (Exception,), {{}})({ALL!r})", start=SOLUTION),
    Attack("answers that act", answers={"forward": _EXPRESSION, "neuron_sample_grads": _KEYS, "loss": _WARNS},
           start=SOLUTION, loses=("forward", "neuron_sample_grads")),
    Attack("signs that act", answers={"predicted_signs": f"predicted_signs = {{{ALL!r}: {ALL!r}}}"}, start=SOLUTION, loses=("predicted_signs",)),
    Attack("comments that act", f"# {ALL}\n'''{BREAK}'''", start=SOLUTION),
)  # fmt: skip
