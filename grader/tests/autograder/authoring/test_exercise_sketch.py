"""What an author says of an exercise becomes a declaration, or a sentence that says what does not fit."""

from __future__ import annotations

import pytest

from autograder.authoring.exercise_sketch import declaration_text, read_sketch
from gradcheck.autodiff.program import Step
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature

GIVEN = {"steps": "a = relu(z); S = total(a)", "inputs": "z: m h", "returns": "slope = dz"}
LONG = {
    "steps": "Z1 = affine(X, W1, b1); A1 = sigmoid(Z1); Z2 = affine(A1, W2, b2); A2 = sigmoid(Z2); "
    "L = cross_entropy(A2, Y); J = mean(L)",
    "inputs": "X: m n; W1: n h; b1: 1 h; W2: h 1; b2: 1 1; Y: m 1",
    "returns": "dW1 = dW1; db1 = db1",
}


def declared(given: dict[str, str]) -> GraphExercise:
    """Run the text of a declaration as its chapter would."""
    text = declaration_text(read_sketch("f", 2, given))
    names = {"Step": Step, "Signature": Signature, "InputDrawing": InputDrawing, "GraphExercise": GraphExercise}
    (exercise,) = eval(f"({text})", names)
    return exercise


def test_a_declaration_says_what_the_author_said() -> None:
    exercise = declared(GIVEN)
    assert (exercise.name, exercise.points) == ("f", 2)
    assert exercise.program == (Step("a", "relu", ("z",)), Step("S", "total", ("a",)))
    assert (exercise.signature.args, exercise.signature.outputs) == (("z",), {"slope": "dz"})
    long = declared(LONG)
    assert [step.out for step in long.program] == ["Z1", "A1", "Z2", "A2", "L", "J"]
    assert (long.signature.args, long.signature.container) == (("X", "W1", "b1", "W2", "b2", "Y"), "tuple")


@pytest.mark.parametrize("given", [GIVEN, LONG])
def test_no_line_of_a_declaration_is_too_long(given: dict[str, str]) -> None:
    assert max(map(len, declaration_text(read_sketch("f", 2, given)).splitlines())) <= 120


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"steps": "a = swish(z); S = total(a)"}, "there is no operation swish: add it to .*ops.py"),
        ({"steps": "a = relu(z)"}, "the last step gives one number"),
        ({"steps": "a = relu(y); S = total(a)"}, "a is made of y, which is no input and no earlier step"),
        ({"steps": "relu of z"}, "'relu of z' is not one of the steps"),
        ({"inputs": "z: m k"}, "not of k"),
        ({"returns": "slope = dq"}, "dq is neither a value"),
        ({"returns": ""}, "belong together"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(change: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_sketch("f", 2, {**GIVEN, **change})


def test_a_name_and_points_are_looked_at() -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        read_sketch("2f", 2, GIVEN)
    with pytest.raises(ValueError, match="more than 0 points"):
        read_sketch("f", 0, GIVEN)
