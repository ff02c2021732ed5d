"""Exercises that follow a rule and derive nothing: their calls, the trusted rule, the known ways to miss it."""

from gradcheck.rules.accuracy import accuracy
from gradcheck.rules.early_stop import early_stop
from gradcheck.rules.gd_step import gd_step
from gradcheck.rules.minibatches import minibatches
from gradcheck.rules.numeric_grad import numeric_grad
from gradcheck.rules.train import train

__all__ = ["accuracy", "early_stop", "gd_step", "minibatches", "numeric_grad", "train"]
