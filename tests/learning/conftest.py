"""Each test has its own folder of checkpoints."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def model_folder(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "model"
    settings.MODEL_ROOT = folder
    return folder
