// _io_string.cpp - line ends, StringIO and IncrementalNewlineDecoder.
#include "stdlib/native/_io_string.h"

#include "stdlib/native/_io_string.bind.inc"

namespace krait {

// ---- Line ends --------------------------------------------------------------------------------------

template <typename C> static int64_t findChar(const C *data, int64_t start, int64_t length, C wanted) {
  if constexpr (sizeof(C) == 1) {
    auto *at =
        start < length
            ? static_cast<const C *>(std::memchr(data + start, wanted, static_cast<size_t>(length - start)))
            : nullptr;
    return at ? at - data : -1;
  } else {
    for (int64_t i = start; i < length; i++)
      if (data[i] == wanted)
        return i;
    return -1;
  }
}
template <typename C>
static int64_t lineEnd(const NewlineMode &mode, const C *data, int64_t start, int64_t length) {
  if (mode.translate || (mode.terminatorSize == 1 && !mode.universal)) {
    int64_t at = findChar<C>(data, start, length, static_cast<C>(mode.translate ? '\n' : mode.terminator[0]));
    return at < 0 ? -1 : at + 1;
  }
  if (mode.universal) {
    for (int64_t i = start; i < length; i++) {
      if (data[i] == '\n')
        return i + 1;
      if (data[i] == '\r')
        return i + 1 < length && data[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return -1;
  }
  for (int64_t i = start; (i = findChar<C>(data, i, length, '\r')) >= 0; i++)
    if (i + 1 < length && data[i + 1] == '\n')
      return i + 2;
  return -1;
}
int64_t findLineEnd(const NewlineMode &mode, const void *data, unsigned kind, int64_t start, int64_t length) {
  switch (kind) {
  case 1:
    return lineEnd(mode, static_cast<const uint8_t *>(data), start, length);
  case 2:
    return lineEnd(mode, static_cast<const uint16_t *>(data), start, length);
  default:
    return lineEnd(mode, static_cast<const uint32_t *>(data), start, length);
  }
}

Str *translateNewlines(Str *text, bool translate, bool *pendingCr, uint8_t *seen, bool final) {
  int64_t length = text->length();
  // A '\r' at the end waits for what follows.
  bool hadCr = *pendingCr && (length || final);
  if (hadCr)
    *pendingCr = false;
  bool cr = hadCr;
  if (text->kind() == 1) {
    cr |= length && std::memchr(text->data1(), '\r', static_cast<size_t>(length));
    if (!cr) {
      if (!(*seen & kSeenLf) && length && std::memchr(text->data1(), '\n', static_cast<size_t>(length)))
        *seen |= kSeenLf;
      return text;
    }
  }
  bool holdBack = length && !final && text->at(length - 1) == '\r';
  if (holdBack) {
    *pendingCr = true;
    length--;
  }
  StrBuilder out;
  bool previousCr = false;
  auto put = [&](uint32_t c) {
    if (c == '\n') {
      *seen |= previousCr ? kSeenCrLf : kSeenLf;
      if (previousCr && translate) { // its '\r' was written as '\n'
        previousCr = false;
        return;
      }
    } else if (previousCr) {
      *seen |= kSeenCr;
    }
    previousCr = c == '\r';
    out.append(previousCr && translate ? '\n' : c);
  };
  if (hadCr)
    put('\r');
  for (int64_t i = 0; i < length; i++)
    put(text->at(i));
  if (previousCr)
    *seen |= kSeenCr;
  return out.finish();
}

Value newlinesSeen(uint8_t seen) {
  Value kinds[3];
  size_t n = 0;
  if (seen & kSeenCr)
    kinds[n++] = strIntern("\r");
  if (seen & kSeenLf)
    kinds[n++] = strIntern("\n");
  if (seen & kSeenCrLf)
    kinds[n++] = strIntern("\r\n");
  return n == 0 ? kNone : n == 1 ? kinds[0] : Value(krt_tuple_from(kinds, n));
}

// ---- IncrementalNewlineDecoder ----------------------------------------------------------------------

bool krt_newline_decoder_init_py(NewlineDecoder *self, Value decoder, bool translate, Value errors) {
  self->decoder = decoder;
  self->errors = errors ? errors : Value(KSTR(strict));
  self->translate = translate;
  self->pendingCr = false;
  self->seen = 0;
  self->ready = true;
  return true;
}
static bool check(NewlineDecoder *self) {
  if (!self->ready)
    krt_raise(kValueError, "IncrementalNewlineDecoder.__init__() not called");
  return self->ready;
}
Value krt_newline_decoder_decode_py(NewlineDecoder *self, Value input, bool final) {
  if (!check(self))
    return {};
  if (self->decoder != kNone)
    input = TRY(ioCall_py(self->decoder, KSTR(decode), input, boolean(final)));
  if (!strCheck(input))
    return krt_raise(kTypeError, "decoder should return a string result, not '%.200T'", input);
  return translateNewlines(input.as<Str>(), self->translate, &self->pendingCr, &self->seen, final);
}
Value krt_newline_decoder_getstate_py(NewlineDecoder *self) {
  if (!check(self))
    return {};
  Value pair[] = {Value(krt_bytes_empty), smallInt(0)};
  if (self->decoder != kNone) {
    Value state = TRY(krt_call_method_py(self->decoder, KSTR(getstate), nullptr, 0));
    if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length != 2)
      return krt_raise(kTypeError, "illegal decoder state");
    pair[0] = state.as<Tuple>()->items[0];
    pair[1] = state.as<Tuple>()->items[1];
  }
  pair[1] = TRY(
      krt_int_add(TRY(krt_int_lshift(TRY(krt_index_py(pair[1])), smallInt(1))), smallInt(self->pendingCr)));
  return krt_tuple_from(pair, 2);
}
Value krt_newline_decoder_setstate_py(NewlineDecoder *self, Value state) {
  if (!check(self))
    return {};
  if (!hasClassFlag(state, kClassTupleSub))
    return krt_raise(kTypeError, "state argument must be a tuple");
  if (state.as<Tuple>()->length != 2)
    return krt_raise(kTypeError, "setstate(): illegal state argument");
  Value flags = TRY(krt_index_py(state.as<Tuple>()->items[1]));
  self->pendingCr = TRY(krt_int_and(flags, smallInt(1))) == smallInt(1);
  if (self->decoder == kNone)
    return kNone;
  Value pair[] = {state.as<Tuple>()->items[0], TRY(krt_int_rshift(flags, smallInt(1)))};
  return ioCall_py(self->decoder, KSTR(setstate), krt_tuple_from(pair, 2));
}
Value krt_newline_decoder_reset_py(NewlineDecoder *self) {
  if (!check(self))
    return {};
  self->seen = 0;
  self->pendingCr = false;
  return self->decoder == kNone ? kNone : krt_call_method_py(self->decoder, KSTR(reset), nullptr, 0);
}
Value krt_newline_decoder_newlines(NewlineDecoder *self) {
  return check(self) ? newlinesSeen(self->seen) : Value();
}

// ---- StringIO ---------------------------------------------------------------------------------------

static bool usable(StringStream *self) {
  if (!self->ready)
    ioRaiseUninitialised();
  else if (self->closed)
    ioRaiseClosedPlain();
  else
    return true;
  return false;
}

static uint32_t charAt(StringStream *self, int64_t i) {
  switch (self->kind) {
  case 1:
    return static_cast<uint8_t *>(self->data)[i];
  case 2:
    return static_cast<uint16_t *>(self->data)[i];
  default:
    return static_cast<uint32_t *>(self->data)[i];
  }
}
/// Room for [size] characters of [kind] bytes.
static bool reserve(StringStream *self, int64_t size, uint32_t kind) {
  kind = std::max(kind, self->kind);
  if (kind == self->kind && size <= self->capacity)
    return true;
  int64_t capacity =
      size <= self->capacity ? self->capacity : std::max<int64_t>(size + 64, self->capacity * 2);
  void *grown = krt_gc_try(static_cast<size_t>(capacity) * kind, true);
  if (!grown) {
    krt_raise_memory();
    return false;
  }
  if (kind == self->kind) {
    if (self->length)
      std::memcpy(grown, self->data, static_cast<size_t>(self->length) * kind);
  } else {
    for (int64_t i = 0; i < self->length; i++)
      if (kind == 2)
        static_cast<uint16_t *>(grown)[i] = static_cast<uint16_t>(charAt(self, i));
      else
        static_cast<uint32_t *>(grown)[i] = charAt(self, i);
  }
  self->data = grown;
  self->capacity = capacity;
  self->kind = kind;
  return true;
}
static Str *textOf(StringStream *self, int64_t start, int64_t length) {
  switch (self->kind) {
  case 1:
    return krt_str_from_latin1(static_cast<uint8_t *>(self->data) + start, static_cast<size_t>(length));
  case 4:
    return krt_str_from_ucs4(static_cast<uint32_t *>(self->data) + start, static_cast<size_t>(length));
  default: {
    StrBuilder out;
    for (int64_t i = start; i < start + length; i++)
      out.append(charAt(self, i));
    return out.finish();
  }
  }
}
static Value take(StringStream *self, int64_t size) {
  if (size <= 0)
    return krt_str_empty;
  Value text = textOf(self, self->pos, size);
  self->pos += size;
  return text;
}
static int64_t left(StringStream *self) { return std::max<int64_t>(0, self->length - self->pos); }
static int64_t lineSize(StringStream *self, int64_t limit) {
  int64_t have = left(self);
  if (!have)
    return 0;
  int64_t end = findLineEnd(self->mode, self->data, self->kind, self->pos, self->length);
  int64_t size = end < 0 ? have : end - self->pos;
  return limit >= 0 ? std::min(size, limit) : size;
}

static bool write(StringStream *self, Str *text) {
  if (self->mode.universal) {
    bool pending = false;
    text = translateNewlines(text, self->mode.translate, &pending, &self->seenNewlines, true);
    if (!text)
      return false;
  }
  if (self->mode.writeTranslate && self->mode.writeAs[0]) {
    StrBuilder out;
    int64_t start = 0, length = text->length();
    for (int64_t i = 0; i < length; i++)
      if (text->at(i) == '\n') {
        out.append(text, start, i);
        out.append(std::string_view(self->mode.writeAs));
        start = i + 1;
      }
    out.append(text, start, length);
    text = out.finish();
  }
  int64_t length = text->length(), end = self->pos + length;
  if (!reserve(self, end, text->kind()))
    return false;
  if (self->pos > self->length)
    std::memset(static_cast<char *>(self->data) + self->length * self->kind, 0,
                static_cast<size_t>((self->pos - self->length) * self->kind));
  if (text->kind() == self->kind)
    std::memcpy(static_cast<char *>(self->data) + self->pos * self->kind, text->data(),
                static_cast<size_t>(length * self->kind));
  else
    strCopyChars(self->data, self->kind, self->pos, text, 0, length);
  self->pos = end;
  self->length = std::max(self->length, end);
  return true;
}

bool krt_stringio_init_py(StringStream *self, Value initial, Value newline) {
  self->ready = false;
  if (!newline)
    newline = strIntern("\n");
  if (newline != kNone && !strCheck(newline)) {
    krt_raise(kTypeError, "newline must be str or None, not %.200T", newline);
    return false;
  }
  if (initial && initial != kNone && !strCheck(initial)) {
    krt_raise(kTypeError, "initial_value must be str or None, not %.200T", initial);
    return false;
  }
  if (!newlineMode_py(newline, &self->mode))
    return false;
  self->newline = newline;
  self->length = self->pos = 0;
  self->kind = self->kind ? self->kind : 1;
  self->seenNewlines = 0;
  self->closed = false;
  self->ready = true;
  if (initial && initial != kNone) {
    if (!write(self, initial.as<Str>()))
      return false;
    self->pos = 0;
  }
  return true;
}
Value krt_stringio_read_py(StringStream *self, Value given) {
  int64_t size;
  if (!usable(self) || !ioSize_py(given, &size))
    return {};
  return take(self, size < 0 ? left(self) : std::min(size, left(self)));
}
Value krt_stringio_readline_py(StringStream *self, Value given) {
  int64_t limit;
  if (!usable(self) || !ioSize_py(given, &limit))
    return {};
  return take(self, lineSize(self, limit));
}
Value krt_stringio_write_py(StringStream *self, Value text) {
  if (!strCheck(text))
    return krt_raise(kTypeError, "string argument expected, got '%T'", text);
  if (!usable(self))
    return {};
  int64_t length = text.as<Str>()->length();
  return (!length || write(self, text.as<Str>())) ? ioInt(length) : Value();
}
Value krt_stringio_seek_py(StringStream *self, Value given, int whence) {
  int64_t pos;
  if (!usable(self) || !ioOffset_py(given, &pos))
    return {};
  if (whence < 0 || whence > 2)
    return krt_raise(kValueError, "Invalid whence (%d, should be 0, 1 or 2)", whence);
  if (whence == 0 && pos < 0)
    return krt_raise(kValueError, "Negative seek position %lld", static_cast<long long>(pos));
  if (whence != 0 && pos != 0)
    return krt_raise(kOSError, "Can't do nonzero cur-relative seeks");
  self->pos = whence == 0 ? pos : whence == 1 ? self->pos : self->length;
  return ioInt(self->pos);
}
Value krt_stringio_tell(StringStream *self) { return usable(self) ? ioInt(self->pos) : Value(); }
Value krt_stringio_truncate_py(StringStream *self, Value given) {
  int64_t size = self->pos;
  if (!usable(self) || (given != kNone && !ioOffset_py(given, &size)))
    return {};
  if (size < 0)
    return krt_raise(kValueError, "Negative size value %lld", static_cast<long long>(size));
  self->length = std::min(self->length, size);
  return ioInt(size);
}
Value krt_stringio_getvalue(StringStream *self) {
  return usable(self) ? self->length ? Value(textOf(self, 0, self->length)) : Value(krt_str_empty) : Value();
}
Value krt_stringio_close(StringStream *self) {
  self->closed = true;
  self->data = nullptr;
  self->length = self->capacity = 0;
  return kNone;
}
Value krt_stringio_able(StringStream *self) { return usable(self) ? kTrue : Value(); }
Value krt_stringio_closed(StringStream *self) {
  return self->ready ? boolean(self->closed) : ioRaiseUninitialised();
}
Value krt_stringio_lineBuffering(StringStream *self) { return usable(self) ? kFalse : Value(); }
Value krt_stringio_newlines(StringStream *self) {
  if (!usable(self))
    return {};
  return self->mode.universal ? newlinesSeen(self->seenNewlines) : kNone;
}
Value krt_stringio_getstate_py(StringStream *self) {
  Value items[4] = {TRY(krt_stringio_getvalue(self)), self->newline, ioInt(self->pos), kNone};
  Dict *dict = krt_instance_dict_copy(self);
  if (dict && dict->used)
    items[3] = dict;
  return krt_tuple_from(items, 4);
}
Value krt_stringio_setstate_py(StringStream *self, Value state) {
  if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length < 4)
    return krt_raise(kTypeError, "%.200T.__setstate__ argument should be 4-tuple, got %.200T", Value(self),
                     state);
  Value *items = state.as<Tuple>()->items;
  if (self->ready && !usable(self))
    return {};
  if (!krt_stringio_init_py(self, kNone, items[1]) || !strCheck(items[0]))
    return errorPending() ? Value()
                          : krt_raise(kTypeError, "initial_value must be str or None, not %.200T", items[0]);
  // The text is in its final form: nothing is translated again.
  NewlineMode mode = self->mode;
  self->mode = NewlineMode{};
  bool ok = write(self, items[0].as<Str>());
  self->mode = mode;
  if (!ok)
    return {};
  if (!krt_int_check(items[2]))
    return krt_raise(kTypeError, "third item of state must be an integer, got %.200T", items[2]);
  int64_t position;
  if (!ioOffset_py(items[2], &position))
    return {};
  if (position < 0)
    return krt_raise(kValueError, "position value cannot be negative");
  self->pos = position;
  if (items[3] != kNone) {
    if (!hasClassFlag(items[3], kClassDictSub))
      return krt_raise(kTypeError, "fourth item of state should be a dict, got a %.200T", items[3]);
    Dict *dict = krt_instance_dict(self);
    if (!dict || krt_dict_update_py(dict, items[3], true) < 0)
      return {};
  }
  return kNone;
}

static Value next(Value v) {
  auto *self = v.as<StringStream>();
  if (!usable(self))
    return {};
  if (classOf(v)->flags & kClassHeap)
    return krt_iobase_class.slots.next(v);
  int64_t size = lineSize(self, -1);
  return size ? take(self, size) : Value();
}

extern "C" {
constinit Class krt_stringio_class = {
    .flags = kClassBase,
    .nativeName = "_io.StringIO",
    .base = &krt_textiobase_class,
    .basicSize = sizeof(StringStream),
    .slots = {.next = next, .init = krt_stringio_init, .make = ioMake},
    .methods = krt_stringio_defs,
    .doc = krt_stringio_doc,
    .newSignature = "(initial_value='', newline='\\n')",
};
constinit Class krt_newline_decoder_class = {
    .flags = kClassBase,
    .nativeName = "_io.IncrementalNewlineDecoder",
    .basicSize = sizeof(NewlineDecoder),
    .slots = {.init = krt_newline_decoder_init, .make = ioMake},
    .methods = krt_newline_decoder_defs,
    .doc = krt_newline_decoder_doc,
    .newSignature = "(decoder, translate, errors='strict')",
};
}

} // namespace krait
