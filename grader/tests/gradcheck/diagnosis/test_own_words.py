"""What is said is said in the words of the exercise, and text, hint and picture name the same link."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.grading.hidden_suite import find_exercise, judge_exercise
from gradcheck.call import call
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import describe_mistake, vocabulary
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.judging.finding import Finding
from tests.answers.collection import examine, read

ANSWERS = {answer.note: answer for answer in read("wrong") if answer.assignment[:2] in ("05", "06", "07", "08")}
FORMULA = ("==", "@", "**", ".T", "np.", " * ")


def found(note: str) -> Finding:
    return examine(ANSWERS[note])


def judged(assignment: str, name: str, source: str) -> Finding:
    namespace: dict = {"np": np}
    exec(compile(source, "<learner>", "exec"), namespace)
    return judge_exercise(assignment, name, LocalCaller(namespace), b"words")


@pytest.mark.parametrize(
    ("note", "first", "words"),
    [
        ("each slope enters its own unit only", "da2", "the link from z3 back to a2"),
        ("no slope in the loop", "dz2", "the link from a2 back to z2"),
        ("the first weight in every step", "da2", "the link from z3 back to a2"),
        ("the miss arrives at every unit as it is", "da2, dz2", "between z3 and z2"),
    ],
)
def test_of_a_chain_no_link_is_accused_that_is_right(note: str, first: str, words: str) -> None:
    answer = next(a for a in read("wrong") if a.exercise == "chain_grads" and a.note == note)
    finding = examine(answer)
    alt = GraphPicture(find_exercise("06-deep-networks", "chain_grads"), finding).alt()
    assert "With 3 units: dw3 and db3 are correct; dw1, dw2, db1 and db2 are not." in finding.message
    assert finding.first_wrong == first
    assert words in finding.message
    assert any(words in hint for hint in finding.hints)
    assert "dw3, db3, dz3, da3: is correct" in alt
    assert "the first broken link" in alt


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("both biases as one number", "In db1 entries that should stay apart were added together."),
        ("both biases as one number", "In db2 the number is right and the shape is not."),
        ("the slope once more", "the delta of half the squared error"),
        ("the count is set back by a cost below the one before it", "not only than in the last one"),
        ("count is never set back", "as many in a row"),
        ("stops rightly, and picks the best epoch of the whole list", "costs after the stop were looked at"),
        ("random parts, each sorted", "Inside each part the rows are sorted"),
        ("counts from the end: with no test rows that is all rows", "This happens only when n_test is 0."),
        ("one row without its axis for each batch", "Each Xb is one row of shape (2,)"),
        ("None is handed to the rule of a row without a path", "needs zeros in the shape of its value"),
        ("looks leaves up in the table of rules", "A leaf was not computed"),
        ("right for tables, and for no more axes", "G may have any number of axes"),
        (
            "the tape ends with the prediction, the cost was not written",
            "The last row of the tape has the shape (5, 1)",
        ),
        ("divides dB by the rows", "too small by the number of rows"),
        ("the mask of G", "does not come from `A`"),
    ],
)
def test_what_is_said_names_the_cause(note: str, words: str) -> None:
    assert words in found(note).message


@pytest.mark.parametrize(
    ("assignment", "source", "words"),
    [
        ("05-cross-entropy", "chance_cost = 0.69", "needs more decimals"),
        ("06-deep-networks", "fate = {'A': 'holds', 'B': 'holds', 'C': 'explode'}", "vanishes, holds, explodes"),
        ("08-build-the-machine", "used_twice = -51", "one path alone."),
        ("08-build-the-machine", "used_twice = 51", "one path alone, with the opposite sign."),
        ("08-build-the-machine", "used_twice = -17", "opposite sign"),
    ],
)
def test_of_an_answer_it_is_said_what_it_is(assignment: str, source: str, words: str) -> None:
    finding = judged(assignment, source.split(" =")[0], source)
    assert finding.points < finding.max_points
    assert words in finding.message


@pytest.mark.parametrize("wrong", ["e / e.sum(0)", "e / e.sum()", "e / e.max(1, keepdims=True)"])
def test_of_a_softmax_it_is_said_that_rows_do_not_add_up(wrong: str) -> None:
    source = f"def softmax(Z):\n    e = np.exp(Z - Z.max(1, keepdims=True))\n    return {wrong}\n"
    finding = judged("05-cross-entropy", "softmax", source)
    assert "The rows do not add up to 1." in finding.message
    assert "add up to" in finding.hints[0]
    assert "Look again at the line that makes P." in finding.hints


def test_an_error_in_what_was_called_is_told_as_the_line_that_called_it() -> None:
    space: dict = {"np": np}
    exec(compile("def given(z):\n    return [1 / k for k in z]\n", "<cell 1>", "exec"), space)
    exec(compile("def f(z):\n    z = [z]\n    return given(z)\n", "<cell 2>", "exec"), space)
    raised = call(space["f"], (0,)).raised
    assert (raised.lineno, raised.function, raised.inside) == (3, "f", "given")


def test_an_empty_exercise_that_is_called_from_another_cell_is_still_named() -> None:
    space: dict = {"np": np}
    exec(compile("def relu(z):\n    raise NotImplementedError\n", "<cell 1>", "exec"), space)
    exec(compile("def forward(X, W1, b1, W2, b2):\n    return relu(X)\n", "<cell 2>", "exec"), space)
    finding = judge_exercise("03-relu-network", "forward", LocalCaller(space), b"words")
    assert finding.status is Status.NOT_ATTEMPTED
    assert "forward calls relu, and relu is still empty" in finding.message


def test_where_several_things_are_wrong_a_verb_belongs_to_what_it_speaks_of() -> None:
    for id in ("forward-activation-wrong", "wrong-partial-of-z", "wrong-slope"):
        assert " is " in describe_mistake(id, "A1, A2 and A3")
    told = describe_mistake("right-values-wrong-shape", "db1 and db2", {"got": "(4,) and (1,)", "want": "others"})
    assert told.endswith("they should be others.")
    assert "x and y are no longer" in describe_mistake("input-modified", "x and y")


def test_own_words_belong_to_known_mistakes_and_hold_no_formula() -> None:
    for chapter in all_chapters().values():
        for exercise in chapter.exercises:
            words = list(exercise.words.values()) if isinstance(exercise, GraphExercise) else []
            ids = set(exercise.words) if isinstance(exercise, GraphExercise) else set()
            if isinstance(exercise, PropertyExercise):
                words = [rule.words for rule in exercise.known_rules]
                ids = {rule.mistake for rule in exercise.known_rules}
                assert all({"seen", "question", "look"} <= set(told) for told in words)
                kinds = {trial.kind for trial in exercise.draw(np.random.default_rng(0))}
                assert set(exercise.cases) <= kinds
            assert ids - {""} <= set(vocabulary())
            assert not [told for part in words for told in part.values() if any(sign in told for sign in FORMULA)]
