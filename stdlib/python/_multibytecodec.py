"""Codecs of East Asian encodings: errors, incremental coding and streams around the tables of _krait_multibyte."""

import _krait_multibyte
from _codecs import lookup_error


class MultibyteCodec:
    __slots__ = ("_name",)

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        data, end = _krait_multibyte.encode(self._name, input, 0)
        if end == len(input):
            return data, end
        parts = [data]
        while end < len(input):
            handle = lookup_error(errors or "strict")
            fault = UnicodeEncodeError(self._name, input, end, end + 1, "illegal multibyte sequence")
            text, end = replacement(handle(fault), (str, bytes), "encoding", len(input))
            parts.append(text if isinstance(text, bytes) else self.encode(text, "strict")[0])
            data, end = _krait_multibyte.encode(self._name, input, end)
            parts.append(data)
        return b"".join(parts), len(input)

    def decode(self, input, errors=None):
        input = bytes(memoryview(input))
        text, end = self._decode(input, errors or "strict", True)
        return text, len(input)

    def _decode(self, data, errors, final):
        """The text of data and how much of it was used: all, or all but an unfinished character when more may come."""
        text, end, status = _krait_multibyte.decode(self._name, data, 0)
        if not status:
            return text, end
        parts = [text]
        while status and (final or status == 1):
            if status == 1:
                fault = UnicodeDecodeError(self._name, data, end, end + 1, "illegal multibyte sequence")
            else:
                fault = UnicodeDecodeError(self._name, data, end, len(data), "incomplete multibyte sequence")
            text, end = replacement(lookup_error(errors)(fault), str, "decoding", len(data))
            parts.append(text)
            text, end, status = _krait_multibyte.decode(self._name, data, end)
            parts.append(text)
        return "".join(parts), end


def replacement(answer, kinds, doing, length):
    """What an error handler answered: (text, position)."""
    if not (isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[0], kinds) and isinstance(answer[1], int)):
        what = "(str, int)" if doing == "decoding" else "(str, int)"
        raise TypeError(f"{doing} error handler must return {what} tuple")
    text, at = answer
    if at < 0:
        at += length
    if not 0 <= at <= length:
        raise IndexError(f"position {at} from error handler out of bounds")
    return text, at


def __create_codec(name):
    codec = MultibyteCodec()
    codec._name = name
    return codec


def codec_finder(names):
    """getcodec() of a module that has the encodings [names]."""

    def getcodec(name, /):
        if not isinstance(name, str):
            raise TypeError("encoding name must be a string.")
        if name not in names or not _krait_multibyte.has(name):
            raise LookupError("no such codec is supported.")
        return __create_codec(name)

    return getcodec


class WithErrors:
    def __init__(self, errors="strict"):
        if not hasattr(type(self), "codec"):
            raise AttributeError("codec")
        if not isinstance(self.codec, MultibyteCodec):
            raise TypeError("codec is unexpected type")
        self.errors = errors
        self._pending = b""

    @property
    def errors(self):
        return self._errors

    @errors.setter
    def errors(self, errors):
        if not isinstance(errors, str):
            raise TypeError("errors must be a string")
        self._errors = errors

    @errors.deleter
    def errors(self):
        raise TypeError("errors can't be deleted")

    def reset(self):
        self._pending = b""


class MultibyteIncrementalEncoder(WithErrors):
    def encode(self, input, final=False):
        return self.codec.encode(input, self.errors)[0]

    def getstate(self):
        return 0

    def setstate(self, state, /):
        if not isinstance(state, int):
            raise TypeError(f"argument must be int, not {type(state).__name__}")


class MultibyteIncrementalDecoder(WithErrors):
    def decode(self, input, final=False):
        data = self._pending + bytes(memoryview(input))
        text, end = self.codec._decode(data, self.errors, final)
        self._pending = data[end:]
        return text

    def getstate(self):
        return self._pending, 0

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError("setstate(): argument must be tuple")
        pending, flag = state
        if not isinstance(pending, bytes) or not isinstance(flag, int):
            raise TypeError("setstate(): illegal state argument")
        if len(pending) > 8:
            raise UnicodeDecodeError(self.codec._name, pending, 0, len(pending), "pending buffer too large")
        self._pending = pending


class MultibyteStreamReader(WithErrors):
    def __init__(self, stream, errors="strict"):
        WithErrors.__init__(self, errors)
        self.stream = stream

    def _read(self, method, size):
        if size is not None and not isinstance(size, int):
            raise TypeError("arg 1 must be an integer")
        if size == 0:
            return ""
        while True:
            data = method() if size is None or size < 0 else method(size)
            if not isinstance(data, bytes):
                raise TypeError(f"stream function returned a non-bytes object ({type(data).__name__})")
            whole = self._pending + data
            text, end = self.codec._decode(whole, self.errors, not data or size is None or size < 0)
            self._pending = whole[end:]
            if text or not data or size is None or size < 0:
                return text
            size = 1  # not one whole character yet

    def read(self, sizeobj=None, /):
        return self._read(self.stream.read, sizeobj)

    def readline(self, sizeobj=None, /):
        return self._read(self.stream.readline, sizeobj)

    def readlines(self, sizehintobj=None, /):
        return self._read(self.stream.read, sizehintobj).splitlines(True)


class MultibyteStreamWriter(WithErrors):
    def __init__(self, stream, errors="strict"):
        WithErrors.__init__(self, errors)
        self.stream = stream

    def write(self, strobj, /):
        self.stream.write(self.codec.encode(strobj, self.errors)[0])

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)
