// _io_text.cpp - TextIOWrapper. UTF-8, Latin-1 and ASCII are decoded and encoded here; other encodings go
// through the incremental codecs of the registry.
#include "stdlib/native/_io_text.h"
#include "runtime/gc/closer.h"

#include "runtime/object/codec_state.h"
#include "runtime/object/system_text.h"
#include "stdlib/native/_io_text.bind.inc"

#include <unistd.h>

namespace krait {

// ---- Life -------------------------------------------------------------------------------------------

static bool check(TextWrapper *self) {
  if (self->ready)
    return true;
  krt_raise(kValueError,
            self->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
  return false;
}
static bool closed_py(TextWrapper *self, bool *closed) {
  if (self->direct)
    return bufferedClosed_py(self->direct, closed);
  int truth = ioAttributeTruth_py(self->buffer, KSTR(closed));
  *closed = truth > 0;
  return truth >= 0;
}
/// Initialised and open.
static bool usable_py(TextWrapper *self) {
  bool closed;
  if (!check(self))
    return false;
  if (classOf(self) != &krt_textiowrapper_class)
    return ioCheckClosed_py(self);
  if (!closed_py(self, &closed))
    return false;
  if (closed)
    ioRaiseClosed();
  return !closed;
}

static TextCodec codecOf(Str *encoding) {
  char name[16];
  size_t n = 0;
  for (char c : strView(encoding)) {
    if (c == '-' || c == '_' || c == ' ')
      continue;
    if (n == sizeof name - 1)
      return TextCodec::Other;
    name[n++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  std::string_view key(name, n);
  if (key == "utf8")
    return TextCodec::Utf8;
  if (key == "latin1" || key == "iso88591" || key == "8859")
    return TextCodec::Latin1;
  if (key == "ascii" || key == "usascii" || key == "ansix3.41968")
    return TextCodec::Ascii;
  return TextCodec::Other;
}

/// Checks that the codec exists and is one for text.
static bool checkCodec_py(Str *encoding, TextCodec *codec) {
  *codec = codecOf(encoding);
  if (*codec == TextCodec::Other) {
    Value info = krt_codec_lookup_py(strView(encoding).data());
    if (!info)
      return false;
    Value isText = krt_getattr_optional_py(info, KSTR(_is_text_encoding));
    if (!isText && errorPending())
      return false;
    if (isText && krt_truth_py(isText) == 0) {
      krt_raise(kLookupError, "'%.200S' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                Value(encoding));
      return false;
    }
  }
  return true;
}
static Value codecPart_py(TextWrapper *self, Str *part) {
  Value info = TRY(krt_codec_lookup_py(strView(self->encoding).data()));
  Value maker = TRY(krt_getattr_py(info, part));
  return krt_call1_py(maker, self->errors);
}

bool newlineMode_py(Value newline, NewlineMode *out) {
  *out = NewlineMode{};
  if (!newline || newline == kNone) {
    out->universal = out->translate = out->writeTranslate = true;
    return true;
  }
  if (!strCheck(newline)) {
    krt_raise(kTypeError, "illegal newline type: %T", newline);
    return false;
  }
  std::string_view text = strView(newline.as<Str>());
  if (text != "" && text != "\n" && text != "\r" && text != "\r\n") {
    krt_raise(kValueError, "illegal newline value: %R", newline);
    return false;
  }
  out->universal = text.empty();
  out->terminatorSize = static_cast<uint8_t>(text.size());
  std::memcpy(out->terminator, text.data(), text.size());
  if (text == "\r" || text == "\r\n") {
    out->writeTranslate = true;
    std::memcpy(out->writeAs, text.data(), text.size());
  }
  return true;
}

/// A mark of byte order is written at the start only.
static bool seeWhetherStarted_py(TextWrapper *self) {
  self->encodingStarted = false;
  if (!self->seekable || self->codec != TextCodec::Other)
    return true;
  Value at = krt_call_method_py(self->buffer, KSTR(tell), nullptr, 0);
  self->encodingStarted = at && at != smallInt(0);
  return !!at;
}

static int flushAtExit_py(Object *object) {
  auto *self = static_cast<TextWrapper *>(object);
  return !self->ready || textFlush_py(self) ? 0 : -1;
}

bool krt_textiowrapper_init_py(TextWrapper *self, Value buffer, Value encoding, Value errors, Value newline,
                               bool lineBuffering, bool writeThrough) {
  self->ready = self->detached = false;
  if (encoding && encoding != kNone && !strCheck(encoding)) {
    krt_raise(kTypeError, "TextIOWrapper() argument 'encoding' must be str or None, not %T", encoding);
    return false;
  }
  if (errors && errors != kNone && !strCheck(errors)) {
    krt_raise(kTypeError, "TextIOWrapper() argument 'errors' must be str or None, not %T", errors);
    return false;
  }
  if (!newlineMode_py(newline, &self->mode))
    return false;
  bool none = !encoding || encoding == kNone;
  if (none && krt_system_text.utf8Mode)
    self->encoding = strIntern("utf-8");
  else if (none || strView(encoding.as<Str>()) == "locale")
    self->encoding = strIntern(systemLocaleEncoding());
  else
    self->encoding = encoding.as<Str>();
  self->errors = errors && errors != kNone ? errors.as<Str>() : KSTR(strict);
  if (!checkCodec_py(self->encoding, &self->codec))
    return false;
  if (krt_codec_checks && !krt_codec_names_known_py(nullptr, strView(self->errors).data()))
    return false;
  self->strict = strView(self->errors) == "strict";
  self->buffer = buffer;
  self->direct = isNativeBuffered(buffer) ? buffer.as<Buffered>() : nullptr;
  self->lineBuffering = lineBuffering;
  self->writeThrough = writeThrough;
  self->pendingSize = 0;
  self->encoder = self->decoder = self->snapshotState = {};
  self->decoded = nullptr;
  self->snapshotInput = nullptr;
  self->hasSnapshot = self->pendingCr = self->encodingStarted = false;
  self->restSize = self->seen = 0;
  self->chunkSize = kIoBufferSize;
  if (self->direct) {
    self->hasRead1 = true;
    self->canRead = self->direct->reads;
    self->canWrite = self->direct->writes;
    FileIO *file = self->direct->file;
    if (file && file->fd >= 0) {
      if (file->seekable < 0)
        file->seekable = ::lseek(file->fd, 0, SEEK_CUR) >= 0;
      self->seekable = file->seekable > 0;
    } else {
      Value answer = krt_call_method_py(buffer, KSTR(seekable), nullptr, 0);
      if (!answer)
        return false;
      self->seekable = krt_truth_py(answer) > 0;
    }
    if (classOf(self) == &krt_textiowrapper_class)
      krt_gc_clear_finalizer(self->direct);
  } else {
    auto can = [buffer](Str *question, bool *out) {
      Value answer = krt_call_method_py(buffer, question, nullptr, 0);
      int truth = answer ? krt_truth_py(answer) : -1;
      *out = truth > 0;
      return truth >= 0;
    };
    if (!can(KSTR(readable), &self->canRead) || !can(KSTR(writable), &self->canWrite) ||
        !can(KSTR(seekable), &self->seekable))
      return false;
    Value read1 = krt_getattr_optional_py(buffer, KSTR(read1));
    if (!read1 && errorPending())
      return false;
    self->hasRead1 = !!read1;
  }
  self->telling = self->seekable;
  self->ready = true;
  if (self->canWrite && !seeWhetherStarted_py(self))
    return false;
  if (self->canWrite && !self->exitLink)
    self->exitLink = ioExitRegister(self, flushAtExit_py);
  return true;
}

TextWrapper *textNew_py(Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering,
                        bool writeThrough) {
  auto *self = reinterpret_cast<TextWrapper *>(krt_instance_new(&krt_textiowrapper_class, 0));
  return krt_textiowrapper_init_py(self, buffer, encoding, errors, newline, lineBuffering, writeThrough)
             ? self
             : nullptr;
}

Value krt_textiowrapper_reconfigure_py(TextWrapper *self, Value encoding, Value errors, Value newline,
                                       Value lineBuffering, Value writeThrough) {
  if (!check(self))
    return {};
  if (self->decoded && (encoding != kNone || errors != kNone || newline))
    return ioUnsupported("It is not possible to set the encoding or newline of stream after the first read");
  NewlineMode mode;
  if (newline && !newlineMode_py(newline, &mode))
    return {};
  for (auto [what, value] : {std::pair{"encoding", encoding}, std::pair{"errors", errors}})
    if (value != kNone && !strCheck(value))
      return krt_raise(kTypeError, "reconfigure() argument '%s' must be str or None, not %T", what, value);
  int line = lineBuffering == kNone ? self->lineBuffering : TRY_INT(krt_truth_py(lineBuffering));
  int through = writeThrough == kNone ? self->writeThrough : TRY_INT(krt_truth_py(writeThrough));
  TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
  if (encoding != kNone || errors != kNone) {
    Str *newEncoding = encoding == kNone ? self->encoding : encoding.as<Str>();
    Str *newErrors = errors != kNone ? errors.as<Str>() : encoding == kNone ? self->errors : KSTR(strict);
    if (strView(newEncoding) == "locale")
      newEncoding = strIntern(systemLocaleEncoding());
    TextCodec codec;
    if (!checkCodec_py(newEncoding, &codec))
      return {};
    self->encoding = newEncoding;
    self->errors = newErrors;
    self->codec = codec;
    self->strict = strView(newErrors) == "strict";
    self->encoder = self->decoder = {};
    if (self->canWrite && !seeWhetherStarted_py(self))
      return {};
  }
  if (newline) {
    self->mode = mode;
    self->decoder = {};
  }
  self->lineBuffering = line;
  self->writeThrough = through;
  return kNone;
}

Value krt_textiowrapper_detach_py(TextWrapper *self) {
  if (!check(self))
    return {};
  TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
  Value buffer = self->buffer;
  if (self->direct)
    krt_gc_set_closer(self->direct, [](Object *object) { object->shape->cls->slots.finalize(object); });
  self->buffer = {};
  self->direct = nullptr;
  self->detached = true;
  self->ready = false;
  return buffer;
}

// ---- Writing ----------------------------------------------------------------------------------------

static bool reserve(TextWrapper *self, int64_t more) {
  if (self->pendingSize + more <= self->pendingCapacity)
    return true;
  int64_t capacity = std::max<int64_t>(self->chunkSize + 512, (self->pendingSize + more) * 3 / 2);
  auto *grown = static_cast<uint8_t *>(krt_gc_try(static_cast<size_t>(capacity), true));
  if (!grown) {
    krt_raise_memory();
    return false;
  }
  if (self->pendingSize)
    std::memcpy(grown, self->pending, static_cast<size_t>(self->pendingSize));
  self->pending = grown;
  self->pendingCapacity = capacity;
  return true;
}

bool textFlushPending_py(TextWrapper *self) {
  if (!self->pendingSize)
    return true;
  // Another thread may write while this one waits: what is pending is taken away first.
  int64_t size = self->pendingSize;
  uint8_t *pending = self->pending;
  self->pendingSize = 0;
  if (self->direct && self->direct->writes) {
    self->pending = nullptr;
    int64_t capacity = self->pendingCapacity;
    self->pendingCapacity = 0;
    bool ok = bufferedWrite_py(self->direct, pending, size);
    if (!self->pending) {
      self->pending = pending;
      self->pendingCapacity = capacity;
    }
    return ok;
  }
  Value bytes = krt_bytes_new(pending, static_cast<size_t>(size));
  if (!bytes)
    return false;
  return !!ioCall_py(self->buffer, KSTR(write), bytes);
}
bool textFlush_py(TextWrapper *self) {
  if (!textFlushPending_py(self))
    return false;
  if (self->direct && self->direct->writes)
    return bufferedFlush_py(self->direct);
  return !!krt_call_method_py(self->buffer, KSTR(flush), nullptr, 0);
}

/// Appends the encoded text to what is pending.
static bool encode_py(TextWrapper *self, Str *text) {
  Value bytes;
  switch (self->codec) {
  case TextCodec::Utf8: {
    size_t size;
    if (const char *utf8 = krt_str_utf8(text, &size)) {
      if (!reserve(self, static_cast<int64_t>(size)))
        return false;
      std::memcpy(self->pending + self->pendingSize, utf8, size);
      self->pendingSize += static_cast<int64_t>(size);
      return true;
    }
    krt_error_clear();
    bytes = krt_codec_encode_py(text, "utf-8", strView(self->errors).data());
    break;
  }
  case TextCodec::Latin1:
    bytes = krt_codec_encode_py(text, "latin-1", strView(self->errors).data());
    break;
  case TextCodec::Ascii:
    bytes = krt_codec_encode_py(text, "ascii", strView(self->errors).data());
    break;
  case TextCodec::Other: {
    if (!self->encoder) {
      self->encoder = codecPart_py(self, KSTR(incrementalencoder));
      if (!self->encoder)
        return false;
      if (self->encodingStarted && !ioCall_py(self->encoder, KSTR(setstate), smallInt(0))) {
        // Encoders without a mark of byte order may not know the state.
        krt_error_clear();
      }
    }
    bytes = ioCall_py(self->encoder, KSTR(encode), text);
    if (bytes && !bytesCheck(bytes)) {
      krt_raise(kTypeError, "encoder should return a bytes object, not '%.200T'", bytes);
      return false;
    }
    self->encodingStarted = true;
    break;
  }
  }
  if (!bytes)
    return false;
  auto *encoded = bytes.as<Bytes>();
  if (!reserve(self, encoded->length))
    return false;
  std::memcpy(self->pending + self->pendingSize, encoded->data, static_cast<size_t>(encoded->length));
  self->pendingSize += encoded->length;
  return true;
}

bool textWrite_py(TextWrapper *self, Str *text) {
  if (!usable_py(self))
    return false;
  if (!self->canWrite) {
    ioUnsupported("not writable");
    return false;
  }
  int64_t length = text->length();
  bool hasLine = false, hasCr = false;
  bool translates = self->mode.writeTranslate && self->mode.writeAs[0];
  if (translates || self->lineBuffering) {
    if (text->kind() == 1) {
      hasLine = std::memchr(text->data1(), '\n', static_cast<size_t>(length)) != nullptr;
      hasCr =
          self->lineBuffering && !hasLine && std::memchr(text->data1(), '\r', static_cast<size_t>(length));
    } else {
      for (int64_t i = 0; i < length && !hasLine; i++) {
        uint32_t c = text->at(i);
        hasLine = c == '\n';
        hasCr |= c == '\r';
      }
    }
  }
  if (hasLine && translates) {
    StrBuilder out;
    int64_t start = 0;
    for (int64_t i = 0; i < length; i++)
      if (text->at(i) == '\n') {
        out.append(text, start, i);
        out.append(std::string_view(self->mode.writeAs));
        start = i + 1;
      }
    out.append(text, start, length);
    text = out.finish();
    length = text->length();
  }
  if (self->pendingSize + length > self->chunkSize && self->pendingSize && !textFlushPending_py(self))
    return false;
  if (text->isAscii() && self->codec != TextCodec::Other) {
    if (length > self->chunkSize && !self->pendingSize && self->direct) { // large: not copied twice
      if (!bufferedWrite_py(self->direct, text->data1(), length))
        return false;
    } else {
      if (!reserve(self, length))
        return false;
      std::memcpy(self->pending + self->pendingSize, text->data1(), static_cast<size_t>(length));
      self->pendingSize += length;
    }
  } else if (!encode_py(self, text)) {
    return false;
  }
  bool lineDone = self->lineBuffering && (hasLine || hasCr);
  if (self->pendingSize >= self->chunkSize || self->writeThrough || lineDone)
    if (!textFlushPending_py(self))
      return false;
  if (lineDone && !(self->direct ? bufferedFlush_py(self->direct)
                                 : !!krt_call_method_py(self->buffer, KSTR(flush), nullptr, 0)))
    return false;
  // What was read ahead no longer fits.
  if (__builtin_expect(self->decoded || self->hasSnapshot, 0)) {
    self->decoded = nullptr;
    self->hasSnapshot = false;
    self->snapshotInput = nullptr;
    self->restSize = 0;
    self->pendingCr = false;
    if (self->decoder && !krt_call_method_py(self->decoder, KSTR(reset), nullptr, 0))
      return false;
  }
  return true;
}

Value krt_textiowrapper_write_py(TextWrapper *self, Value text) {
  if (!strCheck(text))
    return krt_raise(kTypeError, "write() argument must be str, not %T", text);
  int64_t length = text.as<Str>()->length();
  return textWrite_py(self, text.as<Str>()) ? smallInt(length) : Value();
}

Value krt_textiowrapper_flush_py(TextWrapper *self) {
  if (!usable_py(self))
    return {};
  self->telling = self->seekable;
  return textFlush_py(self) ? kNone : Value();
}

// ---- Decoding ---------------------------------------------------------------------------------------

/// Decodes bytes with the native codec, keeping an incomplete character in `rest`.
static Str *decodeNative_py(TextWrapper *self, Bytes *input, bool final) {
  const uint8_t *data = input->data;
  int64_t size = input->length;
  Str *text;
  bool ascii = true;
  if (self->restSize == 0) {
    int64_t i = 0;
    uint64_t high = 0;
    for (; i + 8 <= size; i += 8) {
      uint64_t word;
      std::memcpy(&word, data + i, 8);
      high |= word;
    }
    for (; i < size; i++)
      high |= data[i];
    ascii = !(high & 0x8080808080808080u);
  } else {
    ascii = false;
    Bytes *joined = TRY(krt_bytes_raw(static_cast<size_t>(self->restSize + size)));
    std::memcpy(joined->data, self->rest, self->restSize);
    std::memcpy(joined->data + self->restSize, data, static_cast<size_t>(size));
    input = joined;
    data = joined->data;
    size = joined->length;
  }
  self->restSize = 0;
  if (ascii) {
    text = TRY(krt_str_new_raw(static_cast<size_t>(size), 1, true));
    std::memcpy(const_cast<uint8_t *>(text->data1()), data, static_cast<size_t>(size));
  } else {
    const char *name = self->codec == TextCodec::Utf8     ? "utf-8"
                       : self->codec == TextCodec::Latin1 ? "latin-1"
                                                          : "ascii";
    Decoder decoder(input, data, size, name, strView(self->errors).data());
    decoder.final = final;
    bool ok = self->codec == TextCodec::Utf8     ? decodeUtf8_py(decoder)
              : self->codec == TextCodec::Latin1 ? decodeLatin1(decoder)
                                                 : decodeAscii_py(decoder);
    if (!ok)
      return nullptr;
    if (!final && self->codec == TextCodec::Utf8) {
      self->restSize = static_cast<uint8_t>(size - decoder.consumed);
      std::memcpy(self->rest, data + decoder.consumed, self->restSize);
    }
    text = TRY(decoder.out.finish());
  }
  return self->mode.universal
             ? translateNewlines(text, self->mode.translate, &self->pendingCr, &self->seen, final)
             : text;
}

static bool makeDecoder_py(TextWrapper *self) {
  if (self->decoder)
    return true;
  self->decoder = codecPart_py(self, KSTR(incrementaldecoder));
  if (!self->decoder)
    return false;
  if (self->mode.universal) {
    Value args[] = {self->decoder, boolean(self->mode.translate)};
    self->decoder = krt_call_py(Value(&krt_newline_decoder_class), args, 2, nullptr);
  }
  return !!self->decoder;
}

static Str *decode_py(TextWrapper *self, Bytes *input, bool final) {
  if (self->codec != TextCodec::Other)
    return decodeNative_py(self, input, final);
  if (!makeDecoder_py(self))
    return nullptr;
  Value text = TRY(ioCall_py(self->decoder, KSTR(decode), input, boolean(final)));
  if (!strCheck(text)) {
    krt_raise(kTypeError, "decoder should return a string result, not '%.200T'", text);
    return nullptr;
  }
  return text.as<Str>();
}

/// Reads and decodes one chunk. 1: text came; 0: the end; -1: error.
static int readChunk_py(TextWrapper *self, int64_t hint) {
  if (self->direct && !self->direct->reads) {
    ioUnsupported("not readable");
    return -1;
  }
  Bytes *snapshotBefore = nullptr;
  if (self->telling) {
    if (self->codec == TextCodec::Other) {
      if (!makeDecoder_py(self))
        return -1;
      Value state = TRY_OR_MINUS(krt_call_method_py(self->decoder, KSTR(getstate), nullptr, 0));
      if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length != 2 ||
          !bytesCheck(state.as<Tuple>()->items[0])) {
        krt_raise(kTypeError, "illegal decoder state");
        return -1;
      }
      snapshotBefore = state.as<Tuple>()->items[0].as<Bytes>();
      self->snapshotState = state.as<Tuple>()->items[1];
    } else {
      snapshotBefore =
          self->restSize ? TRY_OR_MINUS(krt_bytes_new(self->rest, self->restSize)) : krt_bytes_empty;
      self->snapshotCr = self->pendingCr;
    }
  }
  int64_t size = self->chunkSize;
  if (hint > 0) {
    if (self->charsPerByte > 0)
      hint = static_cast<int64_t>(static_cast<double>(hint) / self->charsPerByte);
    size = std::max(size, hint);
  }
  Value chunk = self->direct
                    ? bufferedRead1_py(self->direct, size)
                    : ioCall_py(self->buffer, self->hasRead1 ? KSTR(read1) : KSTR(read), ioInt(size));
  if (!chunk)
    return -1;
  Bytes *input;
  if (bytesCheck(chunk)) {
    input = chunk.as<Bytes>();
  } else {
    BytesLike bytes;
    if (!krt_buffer_check(chunk)) {
      krt_raise(kTypeError, "underlying %s() should have returned a bytes-like object, not '%.200T'",
                self->hasRead1 ? "read1" : "read", chunk);
      return -1;
    }
    if (!bytes.acquire_py(chunk))
      return -1;
    input = TRY_OR_MINUS(krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size())));
  }
  bool eof = input->length == 0;
  Str *text = TRY_OR_MINUS(decode_py(self, input, eof));
  self->decoded = text;
  self->decodedUsed = 0;
  self->charsPerByte =
      input->length ? static_cast<double>(text->length()) / static_cast<double>(input->length) : 0;
  if (text->length())
    eof = false;
  if (self->telling) {
    if (snapshotBefore->length) {
      Bytes *joined =
          TRY_OR_MINUS(krt_bytes_raw(static_cast<size_t>(snapshotBefore->length + input->length)));
      std::memcpy(joined->data, snapshotBefore->data, static_cast<size_t>(snapshotBefore->length));
      std::memcpy(joined->data + snapshotBefore->length, input->data, static_cast<size_t>(input->length));
      input = joined;
    }
    self->snapshotInput = input;
    self->hasSnapshot = true;
  }
  return !eof;
}

static inline int64_t ahead(TextWrapper *self) {
  return self->decoded ? self->decoded->length() - self->decodedUsed : 0;
}
static Str *take(TextWrapper *self, int64_t count) {
  int64_t start = self->decodedUsed;
  if (start == 0 && count == self->decoded->length()) {
    self->decodedUsed = count;
    return self->decoded;
  }
  Str *part = krt_str_substring(self->decoded, start, start + count);
  if (part)
    self->decodedUsed += count;
  return part;
}
static bool startReading_py(TextWrapper *self) {
  if (!usable_py(self))
    return false;
  if (!self->canRead) {
    ioUnsupported("not readable");
    return false;
  }
  return !self->pendingSize || textFlushPending_py(self);
}

Value krt_textiowrapper_read_py(TextWrapper *self, Value given) {
  int64_t size;
  if (!check(self) || !ioSize_py(given, &size))
    return {};
  if (!startReading_py(self))
    return {};
  if (size < 0) {
    Value rest = TRY(krt_call_method_py(self->buffer, KSTR(read), nullptr, 0));
    if (rest == kNone || !bytesCheck(rest)) {
      BytesLike bytes;
      if (!bytes.acquire_py(rest))
        return {};
      rest = TRY(krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size())));
    }
    Str *text = TRY(decode_py(self, rest.as<Bytes>(), true));
    if (ahead(self))
      text = TRY(krt_str_concat(TRY(take(self, ahead(self))), text));
    self->decoded = krt_str_empty;
    self->decodedUsed = 0;
    self->hasSnapshot = false;
    self->snapshotInput = nullptr;
    return text;
  }
  int64_t part = std::min(size, ahead(self));
  Str *first = part ? TRY(take(self, part)) : krt_str_empty;
  if (part == size)
    return first;
  StrBuilder out;
  out.append(first);
  int64_t left = size - part;
  while (left > 0) {
    int more = readChunk_py(self, left);
    if (more < 0)
      return {};
    if (more == 0)
      break;
    part = std::min(left, ahead(self));
    out.append(self->decoded, self->decodedUsed, self->decodedUsed + part);
    self->decodedUsed += part;
    left -= part;
  }
  return out.finish();
}

static Str *readLine_py(TextWrapper *self, int64_t limit) {
  if (!startReading_py(self))
    return nullptr;
  // The usual case: the line lies whole in the last chunk, which is ASCII.
  if (limit < 0 && self->decoded && self->decoded->isAscii() &&
      (self->mode.translate || (!self->mode.universal && self->mode.terminatorSize == 1))) {
    const uint8_t *start = self->decoded->data1() + self->decodedUsed;
    auto *end = static_cast<const uint8_t *>(
        std::memchr(start, self->mode.translate ? '\n' : self->mode.terminator[0],
                    static_cast<size_t>(self->decoded->length() - self->decodedUsed)));
    if (end && end > start) {
      auto size = static_cast<size_t>(end - start + 1);
      Str *line = TRY(krt_str_new_raw(size, 1, true));
      std::memcpy(const_cast<uint8_t *>(line->data1()), start, size);
      self->decodedUsed += static_cast<int64_t>(size);
      return line;
    }
  }
  StrBuilder line;
  bool joined = false,
       afterCr = false; // afterCr: the last chunk ended in the first half of a terminator "\r\n"
  for (;;) {
    if (!ahead(self)) {
      int more;
      do
        more = readChunk_py(self, 0);
      while (more > 0 && !ahead(self));
      if (more < 0)
        return nullptr;
      if (!more) {
        self->decoded = self->decoded ? krt_str_empty : nullptr;
        self->decodedUsed = 0;
        self->hasSnapshot = false;
        break;
      }
      afterCr = false;
    }
    int64_t length = self->decoded->length(), stop = length, have = joined ? line.length() : 0;
    if (limit >= 0)
      stop = std::min(length, self->decodedUsed + limit - have);
    int64_t end;
    if (afterCr && self->decoded->at(self->decodedUsed) == '\n')
      end = self->decodedUsed + 1;
    else
      end = findLineEnd(self->mode, self->decoded->data(), self->decoded->kind(), self->decodedUsed, length);
    bool done = end >= 0 && end <= stop;
    if (!done)
      end = stop;
    bool full = limit >= 0 && have + (end - self->decodedUsed) >= limit;
    if (!joined && (done || full))
      return take(self, end - self->decodedUsed);
    bool endsInCr = end > self->decodedUsed && self->decoded->at(end - 1) == '\r';
    line.append(self->decoded, self->decodedUsed, end);
    joined = true;
    self->decodedUsed = end;
    if (done || full)
      break;
    afterCr = endsInCr && !self->mode.universal && self->mode.terminatorSize == 2;
    if (afterCr) {
      int more;
      do
        more = readChunk_py(self, 0);
      while (more > 0 && !ahead(self));
      if (more < 0)
        return nullptr;
      if (!more)
        break;
    }
  }
  return line.finish();
}
Value krt_textiowrapper_readline_py(TextWrapper *self, int64_t size) {
  return check(self) ? Value(readLine_py(self, size < 0 ? -1 : size)) : Value();
}

static Value next(Value v) {
  auto *self = v.as<TextWrapper>();
  if (!check(self))
    return {};
  self->telling = false;
  Value line;
  if (classOf(v) == &krt_textiowrapper_class) {
    line = TRY(readLine_py(self, -1));
  } else {
    line = TRY(krt_call_method_py(v, KSTR(readline), nullptr, 0));
    if (!strCheck(line))
      return krt_raise(kOSError, "readline() should have returned a str object, not '%.200T'", line);
  }
  if (line.as<Str>()->length())
    return line;
  self->telling = self->seekable;
  self->hasSnapshot = false;
  return {};
}

// ---- Position ---------------------------------------------------------------------------------------

// A cookie packs where the buffer stands (64 bits), the decoder's flags, how many bytes to feed it, how many
// characters to skip then (32 bits each) and whether to tell it that the end is reached.
struct Cookie {
  uint64_t position = 0, flags = 0, feed = 0, skip = 0;
  bool end = false;
};
static Value packCookie(const Cookie &c) {
  uint64_t limbs[5] = {c.position, c.flags & 0xffffffff, 0, 0, 0};
  limbs[1] |= c.feed << 32;
  limbs[2] = (c.skip & 0xffffffff) | uint64_t{c.end} << 32;
  return krt_int_from_limbs(limbs, 3, false);
}
static bool unpackCookie_py(Value plain, Cookie *c) {
  Value mask = krt_int_from_u64(~uint64_t{0});
  uint64_t limbs[3];
  for (auto &limb : limbs) {
    Value low = krt_int_and(plain, mask);
    if (!low || !krt_int_to_u64(low, &limb))
      return false;
    plain = krt_int_rshift(plain, smallInt(64));
    if (!plain)
      return false;
  }
  c->position = limbs[0];
  c->flags = limbs[1] & 0xffffffff;
  c->feed = limbs[1] >> 32;
  c->skip = limbs[2] & 0xffffffff;
  c->end = limbs[2] >> 32 & 1;
  return true;
}

static bool resetDecoder_py(TextWrapper *self) {
  self->restSize = 0;
  self->pendingCr = false;
  return !self->decoder || krt_call_method_py(self->decoder, KSTR(reset), nullptr, 0);
}

/// Puts the decoder into the state the snapshot began with and counts the characters of growing prefixes.
static Value tellNative_py(TextWrapper *self, int64_t position) {
  Bytes *input = self->snapshotInput;
  int64_t wanted = self->decodedUsed;
  uint8_t rest[4], restSize = self->restSize, seen = self->seen;
  bool cr = self->pendingCr;
  std::memcpy(rest, self->rest, sizeof rest);
  auto restore = [&] {
    std::memcpy(self->rest, rest, sizeof rest);
    self->restSize = restSize;
    self->pendingCr = cr;
    self->seen = seen;
  };
  self->restSize = 0;
  self->pendingCr = self->snapshotCr;
  Cookie cookie{.position = static_cast<uint64_t>(position), .flags = self->snapshotCr};
  int64_t count = 0, i = 0, safe = 0, safeCount = 0;
  while (i < input->length && count < wanted) {
    // Whole stretches while surely not enough, then byte by byte.
    int64_t step = std::max<int64_t>(1, std::min((wanted - count) / 2, input->length - i));
    Bytes *part = TRY(krt_bytes_new(input->data + i, static_cast<size_t>(step)));
    Str *text = decodeNative_py(self, part, false);
    if (!text) {
      restore();
      return {};
    }
    count += text->length();
    i += step;
    if (self->restSize == 0 && count <= wanted) {
      safe = i;
      safeCount = count;
      cookie.flags = self->pendingCr;
    }
  }
  bool missing = count < wanted;
  restore();
  cookie.position += static_cast<uint64_t>(safe);
  cookie.skip = static_cast<uint64_t>(wanted - safeCount);
  cookie.feed = cookie.skip ? static_cast<uint64_t>(i - safe) : 0;
  cookie.end = missing;
  if (missing)
    cookie.feed = static_cast<uint64_t>(input->length - safe);
  return packCookie(cookie);
}

static Value tellOther_py(TextWrapper *self, int64_t position) {
  Bytes *input = self->snapshotInput;
  int64_t wanted = self->decodedUsed;
  Value state = TRY(krt_call_method_py(self->decoder, KSTR(getstate), nullptr, 0));
  Value start[] = {Value(krt_bytes_empty), self->snapshotState};
  auto put = [&](Value s) { return ioCall_py(self->decoder, KSTR(setstate), s); };
  TRY(put(krt_tuple_from(start, 2)));
  int64_t flags = 0;
  if (!ioOffset_py(self->snapshotState, &flags))
    return {};
  Cookie cookie{.position = static_cast<uint64_t>(position), .flags = static_cast<uint64_t>(flags)};
  int64_t count = 0, i = 0, safe = 0, safeCount = 0;
  for (; i < input->length && count < wanted; i++) {
    Value text = TRY(ioCall_py(self->decoder, KSTR(decode), TRY(krt_bytes_new(input->data + i, 1))));
    count += TRY_INT(krt_length_py(text));
    Value now = TRY(krt_call_method_py(self->decoder, KSTR(getstate), nullptr, 0));
    auto *pair = now.as<Tuple>();
    if (pair->items[0].as<Bytes>()->length == 0 && count <= wanted) {
      safe = i + 1;
      safeCount = count;
      if (!ioOffset_py(pair->items[1], &flags))
        return {};
      cookie.flags = static_cast<uint64_t>(flags);
    }
  }
  cookie.end = count < wanted;
  cookie.position += static_cast<uint64_t>(safe);
  cookie.skip = static_cast<uint64_t>(wanted - safeCount);
  cookie.feed = cookie.skip || cookie.end ? static_cast<uint64_t>(i - safe) : 0;
  TRY(put(state));
  return packCookie(cookie);
}

Value krt_textiowrapper_tell_py(TextWrapper *self) {
  if (!usable_py(self))
    return {};
  if (!self->seekable)
    return ioUnsupported("underlying stream is not seekable");
  if (!self->telling)
    return krt_raise(kOSError, "telling position disabled by next() call");
  if (!textFlushPending_py(self))
    return {};
  TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
  Value answer = TRY(krt_call_method_py(self->buffer, KSTR(tell), nullptr, 0));
  if (!self->hasSnapshot || !self->snapshotInput)
    return answer;
  int64_t position;
  if (!ioOffset_py(answer, &position))
    return {};
  position -= self->snapshotInput->length;
  return self->codec == TextCodec::Other ? tellOther_py(self, position) : tellNative_py(self, position);
}

Value krt_textiowrapper_seek_py(TextWrapper *self, Value cookieGiven, int whence) {
  if (!usable_py(self))
    return {};
  if (!self->seekable)
    return ioUnsupported("underlying stream is not seekable");
  Value plain = TRY(krt_index_py(cookieGiven));
  if (whence == 1) {
    if (plain != smallInt(0))
      return ioUnsupported("can't do nonzero cur-relative seeks");
    plain = krt_int_plain(TRY(krt_call_method_py(self, KSTR(tell), nullptr, 0)));
  } else if (whence == 2) {
    if (plain != smallInt(0))
      return ioUnsupported("can't do nonzero end-relative seeks");
    TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
    self->decoded = nullptr;
    self->hasSnapshot = false;
    if (!resetDecoder_py(self))
      return {};
    Value at = TRY(ioCall_py(self->buffer, KSTR(seek), smallInt(0), smallInt(2)));
    if (self->encoder)
      self->encoder = {};
    self->encodingStarted = at != smallInt(0);
    return at;
  } else if (whence != 0) {
    return krt_raise(kValueError, "invalid whence (%d, should be %d, %d or %d)", whence, SEEK_SET, SEEK_CUR,
                     SEEK_END);
  }
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "negative seek position %R", plain);
  TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
  Cookie cookie;
  if (!unpackCookie_py(plain, &cookie))
    return {};
  TRY(ioCall_py(self->buffer, KSTR(seek), ioInt(static_cast<int64_t>(cookie.position))));
  self->decoded = nullptr;
  self->decodedUsed = 0;
  self->hasSnapshot = false;
  self->snapshotInput = nullptr;
  self->telling = self->seekable;
  if (!resetDecoder_py(self))
    return {};
  if (cookie.flags || cookie.skip) {
    if (self->codec == TextCodec::Other) {
      if (!makeDecoder_py(self))
        return {};
      Value state[] = {Value(krt_bytes_empty), ioInt(static_cast<int64_t>(cookie.flags))};
      TRY(ioCall_py(self->decoder, KSTR(setstate), krt_tuple_from(state, 2)));
      self->snapshotState = state[1];
    } else {
      self->pendingCr = cookie.flags & 1;
      self->snapshotCr = self->pendingCr;
    }
    self->snapshotInput = krt_bytes_empty;
    self->hasSnapshot = true;
  }
  if (cookie.skip) {
    Value input = TRY(ioCall_py(self->buffer, KSTR(read), ioInt(static_cast<int64_t>(cookie.feed))));
    if (!bytesCheck(input))
      return krt_raise(kTypeError, "underlying read() should have returned a bytes object, not '%.200T'",
                       input);
    self->decoded = TRY(decode_py(self, input.as<Bytes>(), cookie.end));
    if (self->decoded->length() < static_cast<int64_t>(cookie.skip))
      return krt_raise(kOSError, "can't restore logical file position");
    self->decodedUsed = static_cast<int64_t>(cookie.skip);
    self->snapshotInput = input.as<Bytes>();
    self->hasSnapshot = true;
  }
  self->encoder = {};
  self->encodingStarted = cookie.position != 0;
  return cookieGiven;
}

Value krt_textiowrapper_truncate_py(TextWrapper *self, Value pos) {
  if (!check(self))
    return {};
  TRY(krt_call_method_py(self, KSTR(flush), nullptr, 0));
  return ioCall_py(self->buffer, KSTR(truncate), pos);
}

// ---- Closing, questions -----------------------------------------------------------------------------

Value krt_textiowrapper_close_py(TextWrapper *self) {
  if (!check(self))
    return {};
  bool closed;
  if (!closed_py(self, &closed))
    return {};
  if (closed)
    return kNone;
  bool plain = classOf(self) == &krt_textiowrapper_class;
  Value error;
  // An attribute of the object may stand for flush().
  if (self->shape == krt_textiowrapper_class.rootShape ? !textFlush_py(self)
                                                       : !krt_call_method_py(self, KSTR(flush), nullptr, 0))
    error = krt_error_take();
  Value done = krt_call_method_py(self->buffer, KSTR(close), nullptr, 0);
  ioExitForget(self->exitLink);
  self->exitLink = nullptr;
  self->pending = nullptr;
  self->pendingSize = self->pendingCapacity = 0;
  if (plain)
    krt_gc_clear_finalizer(self);
  ioChain(error);
  if (error)
    return {};
  return done ? kNone : done;
}
static void finalize(Value v) {
  auto *self = v.as<TextWrapper>();
  if (classOf(v) != &krt_textiowrapper_class)
    krt_iobase_class.slots.finalize(v);
  else if (self->ready) {
    ioWarnUnclosed_py(self->direct ? self->direct->file : nullptr, v);
    if (!krt_textiowrapper_close_py(self))
      krt_error_clear();
  }
  ioExitForget(self->exitLink);
  self->exitLink = nullptr;
}

static Value forward_py(TextWrapper *self, Str *name) {
  return check(self) ? krt_call_method_py(self->buffer, name, nullptr, 0) : Value();
}
Value krt_textiowrapper_fileno_py(TextWrapper *self) { return forward_py(self, KSTR(fileno)); }
Value krt_textiowrapper_seekable_py(TextWrapper *self) { return forward_py(self, KSTR(seekable)); }
Value krt_textiowrapper_readable_py(TextWrapper *self) { return forward_py(self, KSTR(readable)); }
Value krt_textiowrapper_writable_py(TextWrapper *self) { return forward_py(self, KSTR(writable)); }
Value krt_textiowrapper_isatty_py(TextWrapper *self) { return forward_py(self, KSTR(isatty)); }
Value krt_textiowrapper_getstate_py(TextWrapper *self) {
  return krt_raise(kTypeError, "cannot pickle '%.100T' object", Value(self));
}
Value krt_textiowrapper_encoding(TextWrapper *self) { return self->encoding ? Value(self->encoding) : kNone; }
Value krt_textiowrapper_errors(TextWrapper *self) { return check(self) ? Value(self->errors) : Value(); }
Value krt_textiowrapper_buffer(TextWrapper *self) { return check(self) ? self->buffer : Value(); }
Value krt_textiowrapper_lineBuffering(TextWrapper *self) { return boolean(self->lineBuffering); }
Value krt_textiowrapper_writeThrough(TextWrapper *self) { return boolean(self->writeThrough); }
Value krt_textiowrapper_name_py(TextWrapper *self) {
  return check(self) ? krt_getattr_py(self->buffer, KSTR(name)) : Value();
}
Value krt_textiowrapper_closed_py(TextWrapper *self) {
  bool closed;
  return check(self) && closed_py(self, &closed) ? boolean(closed) : Value();
}
Value krt_textiowrapper_newlines_py(TextWrapper *self) {
  if (!check(self))
    return {};
  if (self->codec == TextCodec::Other && self->decoder && self->mode.universal)
    return krt_getattr_py(self->decoder, KSTR(newlines));
  return newlinesSeen(self->seen);
}
Value krt_textiowrapper_chunkSize(TextWrapper *self) { return ioInt(self->chunkSize); }
bool krt_textiowrapper_setChunkSize_py(TextWrapper *self, Value value) {
  int64_t size;
  if (!value) {
    krt_raise(kAttributeError, "cannot delete attribute");
    return false;
  }
  if (!ioOffset_py(value, &size))
    return false;
  if (size <= 0) {
    krt_raise(kValueError, "a strictly positive integer is required");
    return false;
  }
  self->chunkSize = size;
  return true;
}

static Value repr(Value v) {
  auto *self = v.as<TextWrapper>();
  if (!self->detached && !check(self))
    return {};
  if (recursionCheck(" in TextIOWrapper.__repr__"))
    return {};
  StrBuilder out;
  out.append("<_io.TextIOWrapper");
  for (auto [name, label] : {std::pair{KSTR(name), " name="}, std::pair{KSTR(mode), " mode="}}) {
    Value value = krt_getattr_optional_py(v, name);
    if (value) {
      out.append(std::string_view(label));
      out.append(TRY(krt_repr_py(value)));
    } else if (errorPending() && !krt_error_clear_if(kValueError)) {
      return {};
    }
  }
  out.append(" encoding=");
  out.append(TRY(krt_repr_py(self->encoding)));
  out.append(">");
  return out.finish();
}

extern "C" {
constinit Class krt_textiowrapper_class = {
    .flags = kClassBase | kClassHasDel,
    .nativeName = "_io.TextIOWrapper",
    .base = &krt_textiobase_class,
    .basicSize = sizeof(TextWrapper),
    .slots =
        {.repr = repr, .next = next, .init = krt_textiowrapper_init, .make = ioMake, .finalize = finalize},
    .methods = krt_textiowrapper_defs,
    .doc = krt_textiowrapper_doc,
    .newSignature =
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
};
}

} // namespace krait
