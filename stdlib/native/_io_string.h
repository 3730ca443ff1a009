// _io_string.h - StringIO, and IncrementalNewlineDecoder.
#pragma once

#include "stdlib/native/io_streams.h"

namespace krait {

KRT_CLASS(stringio, "A stream over text in memory.");
KRT_CLASS(newline_decoder, "Translates line ends of what another decoder, or a text stream, gives piece by piece.");

extern "C" {
KRT_INIT(stringio, "StringIO(initial_value='', newline='\\n')", KRT_RUNS_PY)
bool krt_stringio_init_py(StringStream *self, Value initial, Value newline);
/// Read size characters, or all that are left.
KRT_METHOD(stringio, "read(self, size=-1, /)", KRT_RUNS_PY)
Value krt_stringio_read_py(StringStream *self, Value size);
/// Read one line, or at most size characters of it.
KRT_METHOD(stringio, "readline(self, size=-1, /)", KRT_RUNS_PY)
Value krt_stringio_readline_py(StringStream *self, Value size);
/// Write text and return the number of its characters.
KRT_METHOD(stringio, "write(self, s, /)", KRT_RUNS_PY)
Value krt_stringio_write_py(StringStream *self, Value text);
/// Change the position and return the new one.
KRT_METHOD(stringio, "seek(self, pos, whence=0, /)", KRT_RUNS_PY)
Value krt_stringio_seek_py(StringStream *self, Value pos, int whence);
/// The current position.
KRT_METHOD(stringio, "tell(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_stringio_tell(StringStream *self);
/// Cut off what is behind the given or the current position.
KRT_METHOD(stringio, "truncate(self, pos=None, /)", KRT_RUNS_PY)
Value krt_stringio_truncate_py(StringStream *self, Value pos);
/// The whole text.
KRT_METHOD(stringio, "getvalue(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_stringio_getvalue(StringStream *self);
/// Give up the memory.
KRT_METHOD(stringio, "close(self, /)")
Value krt_stringio_close(StringStream *self);
KRT_METHOD(stringio, "readable(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(stringio, "writable(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(stringio, "seekable(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_stringio_able(StringStream *self);
KRT_METHOD(stringio, "__getstate__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_stringio_getstate_py(StringStream *self);
KRT_METHOD(stringio, "__setstate__(self, state, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_stringio_setstate_py(StringStream *self, Value state);
KRT_GETTER(stringio, "closed", KRT_RAISES, KRT_COLLECTS) Value krt_stringio_closed(StringStream *self);
KRT_GETTER(stringio, "line_buffering", KRT_RAISES, KRT_COLLECTS) Value krt_stringio_lineBuffering(StringStream *self);
KRT_GETTER(stringio, "newlines", KRT_RAISES, KRT_COLLECTS) Value krt_stringio_newlines(StringStream *self);

KRT_INIT(newline_decoder, "IncrementalNewlineDecoder(decoder, translate, errors='strict')", KRT_RUNS_PY)
bool krt_newline_decoder_init_py(NewlineDecoder *self, Value decoder, bool translate, Value errors);
KRT_METHOD(newline_decoder, "decode(self, /, input, final=False)", KRT_RUNS_PY)
Value krt_newline_decoder_decode_py(NewlineDecoder *self, Value input, bool final);
KRT_METHOD(newline_decoder, "getstate(self, /)", KRT_RUNS_PY)
Value krt_newline_decoder_getstate_py(NewlineDecoder *self);
KRT_METHOD(newline_decoder, "setstate(self, state, /)", KRT_RUNS_PY)
Value krt_newline_decoder_setstate_py(NewlineDecoder *self, Value state);
KRT_METHOD(newline_decoder, "reset(self, /)", KRT_RUNS_PY)
Value krt_newline_decoder_reset_py(NewlineDecoder *self);
KRT_GETTER(newline_decoder, "newlines", KRT_RAISES, KRT_COLLECTS) Value krt_newline_decoder_newlines(NewlineDecoder *self);
}

} // namespace krait
