"""The least that a sum can be, in whole numbers within linear inequalities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Whole = NDArray[np.int64]
Matrix = NDArray[np.float64]


def least(goal: Matrix, rows: Matrix, equal: Matrix, values: Matrix, lower: Matrix, upper: Matrix) -> Whole:
    """Whole numbers within bounds with rows @ x >= 0 and equal @ x == values, least in goal @ x.

    What the bounds settle is taken out first: most of a table is shown.
    """
    free = lower < upper
    found = lower.copy()
    if free.any():
        every = np.vstack([rows, equal])
        settled = every[:, ~free] @ lower[~free]
        low = np.concatenate([np.zeros(len(rows)), values]) - settled
        high = np.concatenate([np.full(len(rows), np.inf), values - settled[len(rows) :]])
        left = every[:, free]
        asked = left.any(axis=1)
        for presolved in (True, False):  # presolving errs now and then: what was counted always agrees with itself
            answer = milp(
                goal[free], integrality=np.ones(int(free.sum())), bounds=Bounds(lower[free], upper[free]),
                constraints=LinearConstraint(left[asked], low[asked], high[asked]), options={"presolve": presolved},
            )  # fmt: skip
            if answer.x is not None:
                break
        else:
            raise ArithmeticError(f"no table agrees with what is shown: {answer.message}")
        found[free] = answer.x
    return np.rint(found).astype(np.int64)
