"""Codecs of East Asian encodings: errors, incremental coding and streams around the tables of _krait_multibyte."""

import _krait_multibyte
from _codecs import lookup_error


class MultibyteCodec:
    __slots__ = ("_name",)

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        return self._encode(input, errors or "strict", True, self._state())[0], len(input)

    def _state(self):
        """What a coder that goes piece by piece carries along; None: nothing."""
        return None

    def _pack(self, state, encoding):
        """The eight bytes that CPython has for a state."""
        return bytes(8)

    def _unpack(self, raw):
        return None

    def _encode(self, text, errors, final, state):
        """The bytes of text and how much of it was used: all, or all but a character that may make a pair with the next."""
        data, end, status = _krait_multibyte.encode(self._name, text, 0, final)
        if not status:
            return data, end
        parts = [data]
        while status == 1:
            fault = UnicodeEncodeError(self._name, text, end, end + 1, "illegal multibyte sequence")
            instead, end = replacement(lookup_error(errors)(fault), (str, bytes), "encoding", len(text))
            parts.append(instead if isinstance(instead, bytes) else self._encode(instead, "strict", True, state)[0])
            data, end, status = _krait_multibyte.encode(self._name, text, end, final)
            parts.append(data)
        return b"".join(parts), end

    def decode(self, input, errors=None):
        input = bytes(memoryview(input))
        text, end = self._decode(input, errors or "strict", True, self._state())
        return text, len(input)

    def _decode(self, data, errors, final, state):
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
    if name == "hz" or name.startswith("iso2022"):
        from _krait_stateful_codecs import StatefulCodec as kind
    else:
        kind = MultibyteCodec
    codec = kind()
    codec._name = name
    return codec


def codec_finder(names):
    """getcodec() of a module that has the encodings [names]."""

    def getcodec(name, /):
        if not isinstance(name, str):
            raise TypeError("encoding name must be a string.")
        if name not in names:
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

    def reset(self):
        self._pending = b""


class MultibyteIncrementalEncoder(WithErrors):
    def __init__(self, errors="strict"):
        WithErrors.__init__(self, errors)
        self.reset()

    def encode(self, input, final=False):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + input
        data, end = self.codec._encode(text, self.errors, final, self._state)
        self._pending = text[end:]
        return data if not final or self._state is None else data + self.codec._close(self._state)

    def reset(self):
        self._pending = ""
        self._state = self.codec._state()

    def getstate(self):
        pending = self._pending.encode("utf-8", "surrogatepass")
        return int.from_bytes(bytes([len(pending)]) + pending + self.codec._pack(self._state, True), "little")

    def setstate(self, state, /):
        if not isinstance(state, int):
            raise TypeError(f"argument must be int, not {type(state).__name__}")
        raw = state.to_bytes(17, "little")
        size = raw[0]
        if size > 8:
            raise UnicodeError("pending buffer too large")
        self._pending = raw[1 : 1 + size].decode()
        self._state = self.codec._unpack(raw[1 + size : 9 + size])


class MultibyteIncrementalDecoder(WithErrors):
    def __init__(self, errors="strict"):
        WithErrors.__init__(self, errors)
        self.reset()

    def decode(self, input, final=False):
        data = self._pending + bytes(memoryview(input))
        text, end = self.codec._decode(data, self.errors, final, self._state)
        self._pending = data[end:]
        return text

    def reset(self):
        self._pending = b""
        self._state = self.codec._state()
        self._flags = 0  # a number set for an encoding without states

    def getstate(self):
        return self._pending, self._flags if self._state is None else int.from_bytes(self.codec._pack(self._state, False), "little")

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError("setstate(): argument must be tuple")
        pending, flag = state
        if not isinstance(pending, bytes) or not isinstance(flag, int):
            raise TypeError("setstate(): illegal state argument")
        if len(pending) > 8:
            raise UnicodeDecodeError(self.codec._name, pending, 0, len(pending), "pending buffer too large")
        self._pending = pending
        self._state = self.codec._unpack(flag.to_bytes(8, "little"))
        self._flags = flag


class MultibyteStreamReader(WithErrors):
    def __init__(self, stream, errors="strict"):
        WithErrors.__init__(self, errors)
        self.stream = stream
        self._state = self.codec._state()

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
            text, end = self.codec._decode(whole, self.errors, not data or size is None or size < 0, self._state)
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
        self.reset()

    def write(self, strobj, /):
        if not isinstance(strobj, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + strobj
        data, end = self.codec._encode(text, self.errors, False, self._state)
        self._pending = text[end:]
        self.stream.write(data)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def reset(self):
        data = b""
        if getattr(self, "_state", None) is not None:
            data = self.codec._close(self._state)
        if data:
            self.stream.write(data)
        self._pending = ""
        self._state = self.codec._state()
