"""What CPython's test suite asks of the implementation's inside, as far as it has a meaning here."""

import sys

SIZEOF_PYGC_HEAD = 0


def get_config():
    return {"code_debug_ranges": int("no_debug_ranges" not in sys._xoptions)}


def get_recursion_depth():
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def _check_handler(errors):
    if errors not in ("strict", "surrogateescape", "surrogatepass"):
        raise ValueError("unsupported error handler")


def EncodeLocaleEx(text, current_locale=0, errors="strict"):
    _check_handler(errors)
    try:
        return text.encode(sys.getfilesystemencoding(), errors)
    except UnicodeEncodeError as error:
        raise RuntimeError(f"encode error: pos={error.start}, reason={error.reason}") from None


def DecodeLocaleEx(data, current_locale=0, errors="strict"):
    _check_handler(errors)
    try:
        return data.decode(sys.getfilesystemencoding(), errors)
    except UnicodeDecodeError as error:
        raise RuntimeError(f"decode error: pos={error.start}, reason={error.reason}") from None
