"""The notebooks run from top to bottom; the assertions in them are known answers of the demo."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = [
    pytest.param(path, id=path.stem, marks=pytest.mark.xdist_group(path.stem))  # each may run beside the others
    for path in sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", NOTEBOOKS)
def test_a_notebook_runs_in_either_language(path, language, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    first = notebook.cells[1]
    assert 'LANGUAGE = "en"' in first.source
    first.source = first.source.replace('LANGUAGE = "en"', f'LANGUAGE = "{language}"')

    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_a_notebook_is_kept_without_its_results(path):
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
