"""Tokens as the compiler's front end makes them (_krait_source), in the numbers of the module token."""

import token
from _krait_source import tokens


class TokenizerIter:
    def __new__(cls, *args, **kwargs):
        if not args and "source" not in kwargs:
            raise TypeError("tokenizeriter() missing required argument 'source' (pos 1)")
        (source,) = args or kwargs.values()
        if not isinstance(source, str):
            raise TypeError(f"tokenizeriter() argument 'source' must be str, not {type(source).__name__}")
        self = super().__new__(cls)
        found, self._error = tokens(source)
        self._tokens = iter(found)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        for kind, *rest in self._tokens:
            text = rest[0]
            number = token.EXACT_TOKEN_TYPES.get(text) or {"async": token.ASYNC, "await": token.AWAIT}.get(text)
            if number is None or kind == "STRING":
                number = token.__dict__.get(kind, token.NAME if text.isidentifier() else token.OP)
            return (text, number, *rest[1:])
        error, self._error = self._error, None
        if error is not None:
            raise error
        raise StopIteration("EOF")
