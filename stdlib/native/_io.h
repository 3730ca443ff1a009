// _io.h - the module _io: open(), the abstract base classes and the standard streams.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_io, "Streams: raw, buffered and text.");
KRT_CLASS(iobase, "The base of all streams.\n\nIt has no read or write, since those differ; what is "
                  "unsupported raises UnsupportedOperation.");
KRT_CLASS(rawiobase, "The base of unbuffered binary streams.");
KRT_CLASS(bufferediobase, "The base of buffered binary streams.");
KRT_CLASS(textiobase, "The base of text streams.");

extern "C" {
KRT_MODULE_INIT(_io, KRT_RAISES, KRT_COLLECTS)
bool krt__io_init(Module *module);

/// Makes sys.stdin, stdout, stderr and their __x__ twins; puts open() into builtins. False with an exception
/// pending.
bool krt_io_make_streams(bool unbuffered, const char *given);
/// Flushes the standard streams and every open stream that holds data; false if sys.stdout could not be
/// flushed.
bool krt_io_finish_py();

/// Open a file and return a stream.
///
/// The mode says whether it is read ('r'), written anew ('w'), created ('x') or appended to ('a'), whether as
/// text ('t') or bytes ('b'), and with '+' that it is both read and written.
KRT_FUNCTION(
    _io,
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
    KRT_RUNS_PY)
Value krt__io_open_py(Value file, Str *mode, int buffering, Value encoding, Value errors, Value newline,
                      bool closefd, Value opener);
/// Open a file whose content is code.
KRT_FUNCTION(_io, "open_code(path)", KRT_RUNS_PY)
Value krt__io_openCode_py(Str *path);
/// The encoding itself, or "locale" (or "utf-8" in UTF-8 mode) for None.
KRT_FUNCTION(_io, "text_encoding(encoding, stacklevel=2, /)", KRT_RUNS_PY)
Value krt__io_textEncoding_py(Value encoding, int stackLevel);

// ---- _IOBase ----
/// Change the position and return the new one.
KRT_METHOD(iobase, "seek(self, offset, whence=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_seek_py(Value self, Value offset, Value whence);
/// The current position.
KRT_METHOD(iobase, "tell(self, /)", KRT_RUNS_PY)
Value krt_iobase_tell_py(Value self);
/// Set the size of the file to the given size or the current position.
KRT_METHOD(iobase, "truncate(self, size=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_truncate_py(Value self, Value size);
/// Write out what is buffered; does nothing by default.
KRT_METHOD(iobase, "flush(self, /)", KRT_RUNS_PY)
Value krt_iobase_flush_py(Value self);
/// Flush and close the stream. Closing again has no effect.
KRT_METHOD(iobase, "close(self, /)", KRT_RUNS_PY)
Value krt_iobase_close_py(Value self);
KRT_GETTER(iobase, "closed", KRT_RUNS_PY)
Value krt_iobase_closed_py(Value self);
/// Whether the position can be changed.
KRT_METHOD(iobase, "seekable(self, /)", KRT_RAISES)
Value krt_iobase_seekable(Value self);
/// Whether the stream can be read.
KRT_METHOD(iobase, "readable(self, /)", KRT_RAISES)
Value krt_iobase_readable(Value self);
/// Whether the stream can be written to.
KRT_METHOD(iobase, "writable(self, /)", KRT_RAISES)
Value krt_iobase_writable(Value self);
KRT_METHOD(iobase, "_checkClosed(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_checkClosed_py(Value self);
KRT_METHOD(iobase, "_checkSeekable(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_checkSeekable_py(Value self);
KRT_METHOD(iobase, "_checkReadable(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_checkReadable_py(Value self);
KRT_METHOD(iobase, "_checkWritable(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_checkWritable_py(Value self);
/// The file descriptor below the stream.
KRT_METHOD(iobase, "fileno(self, /)", KRT_RUNS_PY)
Value krt_iobase_fileno_py(Value self);
/// Whether the stream is a terminal.
KRT_METHOD(iobase, "isatty(self, /)", KRT_RUNS_PY)
Value krt_iobase_isatty_py(Value self);
KRT_METHOD(iobase, "__enter__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_enter_py(Value self);
KRT_METHOD(iobase, "__exit__(self, /, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_iobase_exit_py(Value self, ArgSpan args);
/// Read and return one line, or at most size bytes of it.
KRT_METHOD(iobase, "readline(self, size=-1, /)", KRT_RUNS_PY)
Value krt_iobase_readline_py(Value self, Value size);
/// A list of lines, read until their sizes add up to hint.
KRT_METHOD(iobase, "readlines(self, hint=-1, /)", KRT_RUNS_PY)
Value krt_iobase_readlines_py(Value self, Value hint);
/// Write the items one after the other; nothing is put between them.
KRT_METHOD(iobase, "writelines(self, lines, /)", KRT_RUNS_PY)
Value krt_iobase_writelines_py(Value self, Value lines);

// ---- _RawIOBase ----
KRT_METHOD(rawiobase, "read(self, size=-1, /)", KRT_RUNS_PY)
Value krt_rawiobase_read_py(Value self, Value size);
/// Read until the end.
KRT_METHOD(rawiobase, "readall(self, /)", KRT_RUNS_PY)
Value krt_rawiobase_readall_py(Value self);

// ---- _BufferedIOBase ----
/// Give up the raw stream and return it.
KRT_METHOD(bufferediobase, "detach(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bufferediobase_detach(Value self);
/// Read and return up to size bytes, or all when the size is negative.
KRT_METHOD(bufferediobase, "read(self, size=-1, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_bufferediobase_read(Value self, Value size);
/// Read and return up to size bytes with at most one read of the raw stream.
KRT_METHOD(bufferediobase, "read1(self, size=-1, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_bufferediobase_read1(Value self, Value size);
KRT_METHOD(bufferediobase, "readinto(self, buffer, /)", KRT_RUNS_PY)
Value krt_bufferediobase_readinto_py(Value self, Value buffer);
KRT_METHOD(bufferediobase, "readinto1(self, buffer, /)", KRT_RUNS_PY)
Value krt_bufferediobase_readinto1_py(Value self, Value buffer);
/// Write bytes and return their number.
KRT_METHOD(bufferediobase, "write(self, buffer, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_bufferediobase_write(Value self, Value buffer);

// ---- _TextIOBase ----
/// Give up the buffer and return it.
KRT_METHOD(textiobase, "detach(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_textiobase_detach(Value self);
/// Read and return up to size characters, or all when the size is negative.
KRT_METHOD(textiobase, "read(self, size=-1, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_textiobase_read(Value self, Value size);
/// Read until a line end; empty at the end of the file.
KRT_METHOD(textiobase, "readline(self, size=-1, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_textiobase_readline(Value self, Value size);
/// Write text and return the number of its characters.
KRT_METHOD(textiobase, "write(self, s, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_textiobase_write(Value self, Value text);
KRT_GETTER(textiobase, "encoding")
KRT_GETTER(textiobase, "newlines")
KRT_GETTER(textiobase, "errors")
Value krt_textiobase_none(Value self);
}

} // namespace krait
