"""What was made of tables, kept as long as the tables live."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar
from weakref import ref

import pandas as pd

Tables = Sequence[pd.DataFrame]
Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """The newest `room` things that were made, by the very tables (not their contents) and settings of each.

    The tables are not kept alive; nobody may write into them once something was made of them.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, tuple[tuple[ref[pd.DataFrame], ...], Made]] = OrderedDict()
        self._lock = Lock()

    def get(self, tables: Tables, settings: Hashable, make: Callable[[], Made]) -> Made:
        """What was made of these tables with these settings, else a new one."""
        key = (tuple(map(id, tables)), settings)
        with self._lock:
            found = self._kept.get(key)
            if found and all(kept() is table for kept, table in zip(found[0], tables, strict=True)):
                self._kept.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            self._kept[key] = (tuple(ref(table) for table in tables), made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return made
