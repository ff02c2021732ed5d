"""Mutate right answers by machine and see what the judge says: a set that nobody chose and nobody tunes to.

Every operator, name, number, axis, transpose and statement of a solution is changed once, or of every right answer in
the collection (``--answers``). What still earns full marks is printed: it must be the same function in other words.
What is named was never looked at by the authors of the names.
"""

from __future__ import annotations

import argparse
import ast
import copy
import re
import signal
import warnings
from collections import Counter
from collections.abc import Iterator

import numpy as np

from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from tests.answers.collection import read

SEED = b"mutants"
LIMIT_S = 3
OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Gt: (ast.Lt, ast.GtE),
    ast.Lt: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.GtE: (ast.Lt,),
}


class TooLongError(BaseException):
    """A mutant does not end. No Exception: the judge takes those for an answer's own."""


def solutions(assignment: str) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of each reference solution, with all that stands before it in the notebook."""
    before = "import numpy as np\n"
    for cell in read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution"):
            source = re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.MULTILINE)
            if f"def {meta['grade_id']}(" not in source:  # an answer, and no function
                continue
            yield meta["grade_id"], before + source + "\n"
            before += source + "\n"


def right_answers(assignment: str) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of each right answer in the collection that is one function."""
    for answer in read("right"):
        if answer.assignment == assignment and re.search(rf"^def {answer.exercise}\(", answer.source, re.MULTILINE):
            yield answer.exercise, f"import numpy as np\n{answer.source}"


def mutants(source: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, mutated source) for every single change of the function ``name``."""
    tree = ast.parse(source)
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    for number, node in enumerate(ast.walk(function)):
        for change, new in _changes(node, function):
            other = copy.deepcopy(tree)
            twin = next(n for n in other.body if isinstance(n, ast.FunctionDef) and n.name == name)
            _put(twin, number, new)
            where = getattr(node, "lineno", 0) - function.lineno
            yield f"line {where}: {change}", ast.unparse(ast.fix_missing_locations(other))


def _changes(node: ast.AST, function: ast.FunctionDef) -> Iterator[tuple[str, ast.AST]]:
    yield from _changed_statements(node, function)
    if isinstance(node, ast.BinOp):
        for new in OPERATORS.get(type(node.op), ()):
            yield f"{type(node.op).__name__} to {new.__name__}", ast.BinOp(node.left, new(), node.right)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for new in OPERATORS.get(type(node.ops[0]), ()):
            change = f"{type(node.ops[0]).__name__} to {new.__name__}"
            yield change, ast.Compare(node.left, [new()], node.comparators)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose lost", node.value
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield f"{node.value} to {node.value + 1}", ast.Constant(node.value + 1)
        if node.value:
            yield f"{node.value} to 0", ast.Constant(0)
    elif isinstance(node, ast.Constant) and node.value is True:
        yield "True to False", ast.Constant(False)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        known = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        known |= {arg.arg for arg in function.args.args}
        for other in sorted(known - {node.id}) if node.id in known else ():
            yield f"{node.id} to {other}", ast.Name(other, ast.Load())


def _changed_statements(node: ast.AST, function: ast.FunctionDef) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring does nothing
        return
    if isinstance(
        node, ast.Assign | ast.AugAssign | ast.Expr | ast.If | ast.For | ast.While | ast.Break | ast.Continue
    ):
        yield f"{type(node).__name__} left out", ast.Pass()
    if isinstance(node, ast.If):
        for outcome in (True, False):
            yield f"if {outcome}", ast.If(ast.Constant(outcome), node.body, node.orelse)
    elif isinstance(node, ast.AugAssign):
        yield "assigned, and not added to", ast.Assign([node.target], node.value)
    elif isinstance(node, ast.Break):
        yield "break to continue", ast.Continue()
    elif isinstance(node, ast.Return) and node is not function.body[-1]:
        yield "return left out", ast.Pass()


def _put(function: ast.FunctionDef, number: int, new: ast.AST) -> None:
    target = list(ast.walk(function))[number]
    for parent in ast.walk(function):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(item is target for item in value):
                setattr(parent, field, [new if item is target else item for item in value])
                return


def examine(assignment: str, name: str, source: str) -> tuple[str, float, tuple[str, ...]]:
    """Return status, share of the points and names of one mutant; a mutant that never ends is a timeout."""

    def stop(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S, 1)  # again and again: a mutant may catch whatever is raised
    try:
        namespace: dict = {}
        exec(compile(source, "<mutant>", "exec"), namespace)
        finding = judge_exercise(assignment, name, LocalCaller(namespace), SEED)
    except TooLongError:
        return "timeout", 0.0, ()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return finding.status, finding.points / finding.max_points, finding.diagnosis


def main() -> None:
    """Print what survives and how the rest is named, exercise by exercise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chapters", nargs="*", default=list(all_chapters()))
    parser.add_argument("--answers", action="store_true", help="mutate every right answer of the collection (long)")
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    total: Counter[str] = Counter()
    args = parser.parse_args()
    for assignment in args.chapters:
        for name, source in (right_answers if args.answers else solutions)(assignment):
            counts: Counter[str] = Counter()
            for change, mutated in mutants(source, name):
                status, share, names = examine(assignment, name, mutated)
                kind = "survived" if share == 1 else "named" if len(names) == 1 else "several" if names else "unnamed"
                counts[kind] += 1
                if share == 1:
                    print(f"  {assignment[:2]} {name}: survives {change} ({status})")
            total += counts
            print(f"{assignment[:2]} {name}: {dict(counts)}")
    print("all:", dict(total))


if __name__ == "__main__":
    main()
