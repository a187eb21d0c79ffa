"""Judgements made up by chance, for tests that compare two ways to the same number."""

import numpy as np
import pandas as pd


def ratings_of(seed: int, units: int = 60, coders: int = 3, categories: int = 4, missing: float = 0.2) -> np.ndarray:
    """Units x coders: coders who mostly see the same category, -1 where one did not look."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, categories, size=(units, 1))
    guess = generator.integers(0, categories, size=(units, coders))
    ratings = np.where(generator.random((units, coders)) < 0.7, truth, guess)
    return np.where(generator.random((units, coders)) < missing, -1, ratings)


def as_judgements(ratings: np.ndarray) -> pd.DataFrame:
    """One row a judgement; category 2 is called "c2"."""
    rows = [
        (f"u{unit}", f"k{coder}", f"c{category}")
        for (unit, coder), category in np.ndenumerate(ratings)
        if category >= 0
    ]
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


def sets_of(
    seed: int, units: int = 60, coders: int = 3, codes: int = 5, missing: float = 0.2
) -> tuple[pd.DataFrame, dict[tuple[str, str], frozenset[str]]]:
    """Judgements where a coder gives a unit any number of codes, and the same as sets by (coder, unit)."""
    generator = np.random.default_rng(seed)
    truth = generator.random((units, codes)) < 0.3
    given = {}
    for unit in range(units):
        for coder in range(coders):
            if generator.random() >= missing:
                flipped = truth[unit] ^ (generator.random(codes) < 0.1)
                given[f"k{coder}", f"u{unit}"] = frozenset(f"c{code}" for code in np.flatnonzero(flipped))
    rows = [(unit, coder, code) for (coder, unit), found in given.items() for code in sorted(found) or [""]]
    return pd.DataFrame(rows, columns=["unit", "coder", "code"]), given
