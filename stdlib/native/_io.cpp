// _io.cpp - the module _io: open(), the abstract bases and the standard streams.
#include "stdlib/native/_io.h"

#include "runtime/builtins/core_builtins.h"
#include "runtime/object/audit.h"
#include "runtime/object/function.h"
#include "runtime/object/state.h"
#include "runtime/object/system_text.h"
#include "stdlib/native/_io.bind.inc"
#include "stdlib/native/io_streams.h"

#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>

namespace krait {

// ---- _IOBase ----------------------------------------------------------------------------------------

Value krt_iobase_seek_py(Value, Value, Value) { return ioUnsupported("seek"); }
Value krt_iobase_tell_py(Value self) { return ioCall_py(self, KSTR(seek), smallInt(0), smallInt(1)); }
Value krt_iobase_truncate_py(Value, Value) { return ioUnsupported("truncate"); }
Value krt_iobase_fileno_py(Value) { return ioUnsupported("fileno"); }

/// Whether close() of the base class ran.
static int baseClosed(Value self) {
  Value mark = krt_instance_get(self, KSTR(__IOBase_closed));
  return mark ? krt_truth_py(mark) : errorPending() ? -1 : 0;
}
Value krt_iobase_closed_py(Value self) { return boolean(TRY_INT(baseClosed(self)) > 0); }

Value krt_iobase_flush_py(Value self) {
  bool closedFile = krt_subclass(classOf(self), &krt_fileio_class) && self.as<FileIO>()->fd < 0;
  if (closedFile || TRY_INT(baseClosed(self)) > 0)
    return ioRaiseClosed();
  return kNone;
}
Value krt_iobase_close_py(Value self) {
  if (TRY_INT(baseClosed(self)) > 0)
    return kNone;
  Value flushed = krt_call_method_py(self, KSTR(flush), nullptr, 0);
  Value error = flushed ? Value() : krt_error_take();
  if (krt_setattr_py(self, KSTR(__IOBase_closed), kTrue) < 0)
    return {};
  if (error) {
    krt_error_restore(error);
    return {};
  }
  return kNone;
}
Value krt_iobase_seekable(Value) { return kFalse; }
Value krt_iobase_readable(Value) { return kFalse; }
Value krt_iobase_writable(Value) { return kFalse; }

Value krt_iobase_checkClosed_py(Value self) { return ioCheckClosed_py(self) ? kNone : Value(); }
static Value checkAbility_py(Value self, Str *name, const char *message) {
  Value answer = TRY(krt_call_method_py(self, name, nullptr, 0));
  return answer == kTrue ? answer : ioUnsupported(message);
}
Value krt_iobase_checkSeekable_py(Value self) {
  return checkAbility_py(self, KSTR(seekable), "File or stream is not seekable.");
}
Value krt_iobase_checkReadable_py(Value self) {
  return checkAbility_py(self, KSTR(readable), "File or stream is not readable.");
}
Value krt_iobase_checkWritable_py(Value self) {
  return checkAbility_py(self, KSTR(writable), "File or stream is not writable.");
}

Value krt_iobase_isatty_py(Value self) { return ioCheckClosed_py(self) ? kFalse : Value(); }
Value krt_iobase_enter_py(Value self) { return ioCheckClosed_py(self) ? self : Value(); }
Value krt_iobase_exit_py(Value self, ArgSpan) { return krt_call_method_py(self, KSTR(close), nullptr, 0); }

Value krt_iobase_readline_py(Value self, Value size) {
  int64_t limit;
  if (!ioSize_py(size, &limit))
    return {};
  // With peek() a line end is looked for before reading; otherwise bytes are read one by one.
  Value peek = krt_getattr_optional_py(self, KSTR(peek));
  if (!peek && errorPending())
    return {};
  BytesBuilder line;
  while (limit < 0 || static_cast<int64_t>(line.length()) < limit) {
    int64_t wanted = 1;
    if (peek) {
      Value ahead = TRY(krt_call1_py(peek, smallInt(1)));
      if (!bytesCheck(ahead))
        return krt_raise(kOSError, "peek() should have returned a bytes object, not '%.200T'", ahead);
      auto *bytes = ahead.as<Bytes>();
      if (bytes->length > 0) {
        auto *end =
            static_cast<uint8_t *>(std::memchr(bytes->data, '\n', static_cast<size_t>(bytes->length)));
        wanted = end ? end - bytes->data + 1 : bytes->length;
        if (limit >= 0)
          wanted = std::min(wanted, limit - static_cast<int64_t>(line.length()));
      }
    }
    Value part = TRY(ioCall_py(self, KSTR(read), smallInt(wanted)));
    if (!bytesCheck(part))
      return krt_raise(kOSError, "read() should have returned a bytes object, not '%.200T'", part);
    auto *bytes = part.as<Bytes>();
    if (bytes->length == 0)
      break;
    line.append(bytes->data, static_cast<size_t>(bytes->length));
    if (line.data()[line.length() - 1] == '\n')
      break;
  }
  return line.finish();
}

Value krt_iobase_readlines_py(Value self, Value hint) {
  int64_t limit;
  if (!ioSize_py(hint, &limit))
    return {};
  Value iterator = TRY(krt_iter_py(self));
  List *lines = krt_list_new(0);
  int64_t total = 0;
  while (Value line = krt_next_py(iterator)) {
    krt_list_append(lines, line);
    if (limit > 0) {
      total += TRY_INT(krt_length_py(line));
      if (total > limit)
        break;
    }
  }
  return errorPending() ? Value() : Value(lines);
}

Value krt_iobase_writelines_py(Value self, Value lines) {
  if (!ioCheckClosed_py(self))
    return {};
  Value iterator = TRY(krt_iter_py(lines));
  while (Value line = krt_next_py(iterator))
    TRY(ioCall_py(self, KSTR(write), line));
  return errorPending() ? Value() : kNone;
}

static Value baseIter(Value self) { return ioCheckClosed_py(self) ? self : Value(); }
static Value baseNext(Value self) {
  Value line = TRY(krt_call_method_py(self, KSTR(readline), nullptr, 0));
  int64_t length = TRY_INT(krt_length_py(line));
  return length ? line : Value();
}
/// What becomes unreachable while open is closed; errors are ignored, as nobody could handle them.
static void baseFinalize(Value self) {
  Value pending = krt_error_take();
  int closed = ioAttributeTruth_py(self, KSTR(closed));
  if (closed < 0)
    krt_error_clear();
  if (closed <= 0) {
    if (krt_setattr_py(self, KSTR(_finalizing), kTrue) < 0)
      krt_error_clear();
    if (!krt_call_method_py(self, KSTR(close), nullptr, 0))
      krt_error_clear();
  }
  if (pending)
    krt_error_restore(pending);
}

// ---- _RawIOBase -------------------------------------------------------------------------------------

Value krt_rawiobase_read_py(Value self, Value size) {
  int64_t n;
  if (!ioSize_py(size, &n))
    return {};
  if (n < 0)
    return krt_call_method_py(self, KSTR(readall), nullptr, 0);
  ByteArray *array = TRY(krt_bytearray_new(nullptr, 0));
  if (krt_bytearray_resize(array, n) < 0)
    return {};
  Value count = TRY(ioCall_py(self, KSTR(readinto), array));
  if (count == kNone)
    return count;
  int64_t got;
  if (!ioOffset_py(count, &got))
    return {};
  if (got < 0 || got > n)
    return krt_raise(kValueError, "readinto returned %lld outside buffer size %lld",
                     static_cast<long long>(got), static_cast<long long>(n));
  return krt_bytes_new(array->data, static_cast<size_t>(got));
}
Value krt_rawiobase_readall_py(Value self) {
  BytesBuilder all;
  for (bool first = true;; first = false) {
    Value part = TRY(ioCall_py(self, KSTR(read), smallInt(kIoBufferSize)));
    if (part == kNone)
      return first ? part : Value(all.finish());
    if (!bytesCheck(part))
      return krt_raise(kTypeError, "read() should return bytes");
    if (part.as<Bytes>()->length == 0)
      return all.finish();
    all.append(bytesView(part.as<Bytes>()));
  }
}

// ---- _BufferedIOBase, _TextIOBase -------------------------------------------------------------------

Value krt_bufferediobase_detach(Value) { return ioUnsupported("detach"); }
Value krt_bufferediobase_read(Value, Value) { return ioUnsupported("read"); }
Value krt_bufferediobase_read1(Value, Value) { return ioUnsupported("read1"); }
Value krt_bufferediobase_write(Value, Value) { return ioUnsupported("write"); }
static Value readIntoWith_py(Value self, Value buffer, Str *name) {
  BytesLike target;
  if (!acquireTarget_py(target, buffer))
    return {};
  Value data = TRY(ioCall_py(self, name, ioInt(target.size())));
  if (!bytesCheck(data))
    return krt_raise(kTypeError, "read() should return bytes");
  auto *bytes = data.as<Bytes>();
  if (bytes->length > target.size())
    return krt_raise(kValueError, "read() returned too much data: %lld bytes requested, %lld returned",
                     static_cast<long long>(target.size()), static_cast<long long>(bytes->length));
  std::memcpy(target.writable(), bytes->data, static_cast<size_t>(bytes->length));
  return ioInt(bytes->length);
}
Value krt_bufferediobase_readinto_py(Value self, Value buffer) {
  return readIntoWith_py(self, buffer, KSTR(read));
}
Value krt_bufferediobase_readinto1_py(Value self, Value buffer) {
  return readIntoWith_py(self, buffer, KSTR(read1));
}

Value krt_textiobase_detach(Value) { return ioUnsupported("detach"); }
Value krt_textiobase_read(Value, Value) { return ioUnsupported("read"); }
Value krt_textiobase_readline(Value, Value) { return ioUnsupported("readline"); }
Value krt_textiobase_write(Value, Value) { return ioUnsupported("write"); }
Value krt_textiobase_none(Value) { return kNone; }

extern "C" {
constinit Class krt_iobase_class = {
    .flags = kClassBase | kClassWeakref | kClassHasDel,
    .nativeName = "_io._IOBase",
    .basicSize = sizeof(Object),
    .extraOffset = sizeof(Object),
    .slots = {.iter = baseIter, .next = baseNext, .make = ioMake, .finalize = baseFinalize},
    .methods = krt_iobase_defs,
    .doc = krt_iobase_doc,
};
constinit Class krt_rawiobase_class = {
    .flags = kClassBase,
    .nativeName = "_io._RawIOBase",
    .base = &krt_iobase_class,
    .methods = krt_rawiobase_defs,
    .doc = krt_rawiobase_doc,
};
constinit Class krt_bufferediobase_class = {
    .flags = kClassBase,
    .nativeName = "_io._BufferedIOBase",
    .base = &krt_iobase_class,
    .methods = krt_bufferediobase_defs,
    .doc = krt_bufferediobase_doc,
};
constinit Class krt_textiobase_class = {
    .flags = kClassBase,
    .nativeName = "_io._TextIOBase",
    .base = &krt_iobase_class,
    .methods = krt_textiobase_defs,
    .doc = krt_textiobase_doc,
};
}

// ---- open -------------------------------------------------------------------------------------------

Value krt__io_textEncoding_py(Value encoding, int) {
  if (encoding != kNone)
    return encoding;
  return krt_system_text.utf8Mode ? strIntern("utf-8") : KSTR(locale);
}

Value krt__io_openCode_py(Str *path) {
  return krt__io_open_py(path, strIntern("rb"), -1, kNone, kNone, kNone, true, kNone);
}

/// Closes what was opened so far and keeps the pending exception.
static Value openFailed_py(Value stream) {
  Value error = krt_error_take();
  if (!krt_call_method_py(stream, KSTR(close), nullptr, 0))
    krt_error_clear();
  krt_error_restore(error);
  return {};
}

[[gnu::noinline]] static Value open_py(Value file, Str *modeText, int buffering, Value encoding, Value errors,
                                       Value newline, bool closeFd, Value opener) {
  if (!krt_int_check(file) && !strCheck(file) && !bytesCheck(file)) {
    Value self, method = krt_special_lookup_py(file, KSTR(__fspath__), &self);
    if (method) {
      Value given = file;
      file = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
      if (!strCheck(file) && !bytesCheck(file))
        return krt_raise(kTypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", given,
                         file);
    } else if (errorPending())
      return {};
    else if (!classOf(file)->slots.index)
      return krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", file);
  }
  std::string_view given = modeText ? strView(modeText) : std::string_view("r");
  bool creating = false, reading = false, writing = false, appending = false, updating = false, text = false,
       binary = false;
  for (char c : given) {
    bool *which = nullptr;
    switch (c) {
    case 'x':
      which = &creating;
      break;
    case 'r':
      which = &reading;
      break;
    case 'w':
      which = &writing;
      break;
    case 'a':
      which = &appending;
      break;
    case '+':
      which = &updating;
      break;
    case 't':
      which = &text;
      break;
    case 'b':
      which = &binary;
      break;
    }
    if (!which || *which)
      return krt_raise(kValueError, "invalid mode: '%s'", strView(modeText).data());
    *which = true;
  }
  if (text && binary)
    return krt_raise(kValueError, "can't have text and binary mode at once");
  if (creating + reading + writing + appending != 1)
    return krt_raise(kValueError, "must have exactly one of create/read/write/append mode");
  for (auto [what, value] : {std::pair{"encoding", encoding}, std::pair{"errors", errors}})
    if (value && value != kNone && !strCheck(value))
      return krt_raise(kTypeError, "open() argument '%s' must be str or None, not %T", what, value);
  if (newline && newline != kNone && !strCheck(newline))
    return krt_raise(kTypeError, "open() argument 'newline' must be str or None, not %T", newline);
  if (binary && encoding != kNone)
    return krt_raise(kValueError, "binary mode doesn't take an encoding argument");
  if (binary && errors != kNone)
    return krt_raise(kValueError, "binary mode doesn't take an errors argument");
  if (binary && newline != kNone)
    return krt_raise(kValueError, "binary mode doesn't take a newline argument");
  if (binary && buffering == 1)
    if (krt_warn_py(kRuntimeWarning, 1,
                    "line buffering (buffering=1) isn't supported in binary mode, the default buffer size "
                    "will be used") < 0)
      return {};
  char rawMode[8];
  size_t n = 0;
  for (auto [letter, set] :
       {std::pair{'x', creating}, {'r', reading}, {'w', writing}, {'a', appending}, {'+', updating}})
    if (set)
      rawMode[n++] = letter;
  rawMode[n] = 0;
  FileIO *raw = TRY(fileOpen_py(file, rawMode, closeFd, opener));
  bool lineBuffering = buffering == 1 && !binary;
  if (buffering == 1) // in binary mode it means the default
    buffering = -1;
  if (buffering < 0 && !binary && isatty(raw->fd))
    lineBuffering = true;
  int64_t size = buffering;
  if (buffering < 0)
    size = raw->blockSize > 1 ? raw->blockSize : kIoBufferSize;
  if (buffering == 0) {
    if (!binary) {
      krt_raise(kValueError, "can't have unbuffered text I/O");
      return openFailed_py(raw);
    }
    return raw;
  }
  const Class &cls = updating  ? krt_buffered_random_class
                     : reading ? krt_buffered_reader_class
                               : krt_buffered_writer_class;
  Buffered *buffer = bufferedNew_py(cls, raw, size);
  if (!buffer)
    return openFailed_py(raw);
  if (binary)
    return buffer;
  TextWrapper *wrapper = textNew_py(buffer, encoding, errors, newline, lineBuffering, false);
  if (!wrapper)
    return openFailed_py(buffer);
  if (krt_setattr_py(wrapper, KSTR(mode), modeText ? modeText : KSTR(r)) < 0)
    return openFailed_py(wrapper);
  return wrapper;
}
Value krt__io_open_py(Value file, Str *mode, int buffering, Value encoding, Value errors, Value newline,
                      bool closeFd, Value opener) {
  if (!krt_int_check(file))
    ioSettle_py(file);
  return open_py(file, mode, buffering, encoding, errors, newline, closeFd, opener);
}

static Value openFunction; // shared by builtins and _io

/// What print() uses: text to a TextIOWrapper whose write() is not the program's.
static int writeStream_py(Value stream, Str *text) {
  static Shape *plain = nullptr;
  if (!ioIsExact(stream, krt_textiowrapper_class))
    return 0;
  Shape *shape = stream.asObject()->shape;
  if (__builtin_expect(shape != plain, 0)) {
    if (shape->flags & kShapeDictMode || krt_shape_find(shape, KSTR(write)) >= 0)
      return 0;
    plain = shape;
  }
  return textWrite_py(stream.as<TextWrapper>(), text) ? 1 : -1;
}

/// Readies the classes, whether or not the module is imported.
static bool readyStreams() {
  KRT_ALLOW_PY("a class made of native bases and an empty body");
  if (ioUnsupportedClass)
    return true;
  for (Class *cls :
       {&krt_iobase_class, &krt_rawiobase_class, &krt_bufferediobase_class, &krt_textiobase_class,
        &krt_fileio_class, &krt_buffered_reader_class, &krt_buffered_writer_class, &krt_buffered_random_class,
        &krt_buffered_rwpair_class, &krt_bytesio_class, &krt_stringio_class, &krt_newline_decoder_class,
        &krt_textiowrapper_class})
    krt_class_ready(cls);
  Value bases[] = {Value(kOSError), Value(kValueError)};
  Dict *ns = krt_dict_new();
  krt_dict_set_str(ns, KSTR(__module__), KSTR(io));
  Value made = krt_class_make_py(&krt_type_class, KSTR(UnsupportedOperation), krt_tuple_from(bases, 2), ns,
                                 nullptr, nullptr);
  if (!made)
    return false;
  ioUnsupportedClass = made.as<Class>();
  for (const NativeDef *def = krt__io_defs; def->name; def++)
    if (std::strcmp(def->name, "open") == 0)
      openFunction = krt_native_function_new(def, {}, KSTR(io));
  krt_stream_write_hook_py = writeStream_py;
  return true;
}

// ---- Standard streams -------------------------------------------------------------------------------

/// One of the streams of the process, or None if its descriptor is closed.
static Value standardStream_py(int fd, const char *name, bool write, bool unbuffered, Str *encoding,
                               const char *errors) {
  struct stat status;
  if (fstat(fd, &status) < 0 && errno == EBADF)
    return kNone;
  FileIO *raw = TRY(fileOpen_py(smallInt(fd), write ? "w" : "r", false, kNone));
  bool tty = S_ISCHR(status.st_mode) && isatty(fd);
  Value shown = strFrom(name);
  if (krt_setattr_py(raw, KSTR(name), shown) < 0)
    return {};
  Value buffer = raw;
  if (!(unbuffered && write))
    buffer = TRY(
        bufferedNew_py(write ? krt_buffered_writer_class : krt_buffered_reader_class, raw, kIoBufferSize));
  bool lineBuffering = tty || fd == 2;
  TextWrapper *text = TRY(textNew_py(buffer, encoding, strIntern(errors), strIntern("\n"),
                                     lineBuffering && !(unbuffered && write), unbuffered && write));
  if (krt_setattr_py(text, KSTR(mode), write ? KSTR(w) : KSTR(r)) < 0)
    return {};
  return text;
}

/// What the codec of [encoding] calls itself.
static std::string codecName(std::string_view encoding) {
  std::string name, key;
  for (char c : encoding) {
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (c != '-' && c != '_')
      key += name.back();
  }
  if (key == "latin1" || key == "iso88591" || key == "l1")
    return "iso8859-1";
  return key == "utf8" || key == "u8" ? "utf-8" : key == "usascii" ? "ascii" : name;
}

bool krt_io_make_streams(bool unbuffered, const char *given) {
  const char *errors = krt_system_text.lenientStreams ? "surrogateescape" : "strict";
  Value encoding = strIntern(krt_system_text.fileNames);
  if (*given) {
    std::string_view text = given;
    size_t colon = text.find(':');
    if (colon != 0 && !text.substr(0, colon).empty())
      encoding = strFrom(codecName(text.substr(0, colon)));
    if (colon != std::string_view::npos && colon + 1 < text.size())
      errors = given + colon + 1;
    else if (colon == std::string_view::npos || colon > 0)
      errors = "strict";
  }
  if (!readyStreams())
    return false;
  struct {
    int fd;
    const char *shown;
    Str *name, *twin;
  } rows[] = {
      {0, "<stdin>", KSTR(stdin), KSTR(__stdin__)},
      {1, "<stdout>", KSTR(stdout), KSTR(__stdout__)},
      {2, "<stderr>", KSTR(stderr), KSTR(__stderr__)},
  };
  for (auto &row : rows) {
    Value stream = standardStream_py(row.fd, row.shown, row.fd != 0, unbuffered, encoding.as<Str>(),
                                     row.fd == 2 ? "backslashreplace" : errors);
    if (!stream)
      return false;
    krt_sys_set(row.name, stream);
    krt_sys_set(row.twin, stream);
  }
  krt_dict_set_str(krt_builtins_dict(), KSTR(open), openFunction);
  return true;
}

bool krt_io_finish_py() {
  bool ok = true;
  for (Str *name : {KSTR(stdout), KSTR(stderr)}) {
    Value stream = krt_sys_get(name);
    if (!stream || stream == kNone)
      continue;
    int closed = ioAttributeTruth_py(stream, KSTR(closed));
    if (closed < 0)
      krt_error_clear();
    if (closed == 0 && !krt_call_method_py(stream, KSTR(flush), nullptr, 0)) {
      if (name == KSTR(stdout)) {
        krt_error_unraisable(stream);
        ok = false;
      }
      krt_error_clear();
    }
  }
  ioFlushAtExit_py();
  return ok;
}

bool krt__io_init(Module *module) {
  if (!readyStreams())
    return false;
  for (Class *cls :
       {&krt_iobase_class, &krt_rawiobase_class, &krt_bufferediobase_class, &krt_textiobase_class,
        &krt_fileio_class, &krt_buffered_reader_class, &krt_buffered_writer_class, &krt_buffered_random_class,
        &krt_buffered_rwpair_class, &krt_bytesio_class, &krt_stringio_class, &krt_newline_decoder_class,
        &krt_textiowrapper_class})
    krt_dict_set_str(module->dict, cls->name, Value(cls));
  krt_dict_set_str(module->dict, KSTR(UnsupportedOperation), Value(ioUnsupportedClass));
  krt_dict_set_str(module->dict, KSTR(open), openFunction);
  krt_dict_set_str(module->dict, KSTR(BlockingIOError), Value(kBlockingIOError));
  krt_dict_set_str(module->dict, KSTR(DEFAULT_BUFFER_SIZE), smallInt(kIoBufferSize));
  return true;
}

} // namespace krait
