"""Gives the package the run-time dependencies of run.in, so that they are named in one place only."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class CustomMetadataHook(MetadataHookInterface):
    """Fills `dependencies` from requirements/run.in."""

    def update(self, metadata: dict[str, object]) -> None:
        """Add one dependency for each line of run.in that is neither blank nor a comment."""
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [
            line.strip() for line in lines if line.strip() and not line.startswith("#")
        ]
