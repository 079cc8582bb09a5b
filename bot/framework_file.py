"""The framework as a file: the council's own copy, or the one that comes with the product."""

from pathlib import Path

from domain.framework import Framework
from domain.framework_reading import FrameworkInvalid, read

BUNDLED_FRAMEWORK = Path(__file__).resolve().parent.parent / "domain" / "framework.toml"


def read_framework(file: Path | None) -> Framework:
    """The council's framework file, or the one that comes with the product. Raises FrameworkInvalid."""
    try:
        return read((file or BUNDLED_FRAMEWORK).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise FrameworkInvalid(("The file is not saved as UTF-8; please save it again in that.",)) from None
    except OSError as fault:
        raise FrameworkInvalid((f"The file cannot be opened: {fault.strerror}.",)) from None
