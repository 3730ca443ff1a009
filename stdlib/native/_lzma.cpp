// _lzma.cpp - see _lzma.h. The library keeps its state in malloc'ed memory that a finalizer frees.
#include "stdlib/native/_lzma.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/iteration.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/output_buffer.h"

#include <lzma.h>

#include "stdlib/native/_lzma.bind.inc"

namespace krait {

namespace {

Class *error;
enum Format { kAuto, kXz, kAlone, kRaw };
constexpr int kCheckUnknown = LZMA_CHECK_ID_MAX + 1;

struct Lzma : Object { // both classes
  lzma_stream stream;
  bool flushed, eof, needsInput;
  int check;
  Bytes *pending, *unused; // decompressor: input that was not looked at, or lies behind the end
};
Lzma *lzma(Value v) { return v.as<Lzma>(); }

/// True if [code] is an error, with an exception pending.
bool failed(lzma_ret code) {
  switch (code) {
  case LZMA_OK:
  case LZMA_GET_CHECK:
  case LZMA_NO_CHECK:
  case LZMA_STREAM_END:
    return false;
  case LZMA_UNSUPPORTED_CHECK:
    krt_raise(error, "Unsupported integrity check");
    break;
  case LZMA_MEM_ERROR:
    krt_raise_memory();
    break;
  case LZMA_MEMLIMIT_ERROR:
    krt_raise(error, "Memory usage limit exceeded");
    break;
  case LZMA_FORMAT_ERROR:
    krt_raise(error, "Input format not supported by decoder");
    break;
  case LZMA_OPTIONS_ERROR:
    krt_raise(error, "Invalid or unsupported options");
    break;
  case LZMA_DATA_ERROR:
    krt_raise(error, "Corrupt input data");
    break;
  case LZMA_BUF_ERROR:
    krt_raise(error, "Insufficient buffer space");
    break;
  case LZMA_PROG_ERROR:
    krt_raise(error, "Internal error");
    break;
  default:
    krt_raise(error, "Unrecognized error from liblzma: %d", static_cast<int>(code));
  }
  return true;
}

constexpr lzma_allocator kOutside = {
    [](void *, size_t count, size_t size) { return krt_gc_outside_allocate(count * size); },
    [](void *, void *memory) { krt_gc_outside_free(memory); }, nullptr};
void endStream(Object *object) { ::lzma_end(&static_cast<Lzma *>(object)->stream); }

// ---- Filters as dicts -------------------------------------------------------------------------------

bool unsigned_py(Value given, uint64_t limit, const char *what, uint64_t *out) {
  Value plain = krt_index_py(given);
  if (!plain)
    return false;
  if (krt_int_sign(plain) < 0) {
    krt_raise(kOverflowError, "can't convert negative value to unsigned int");
    return false;
  }
  if (!krt_int_to_u64(plain, out) || *out > limit) {
    krt_raise(kOverflowError, "Value too large for %s type", what);
    return false;
  }
  return true;
}

/// Takes the entries of a filter out one by one; what is left over at the end is an error.
class Specifier {
public:
  bool start_py(Value given) {
    spec_ = given;
    if (!classOf(given)->slots.getitem) {
      krt_raise(kTypeError, "Filter specifier must be a dict or dict-like object");
      return false;
    }
    Value id = krt_getitem_py(given, strFrom("id"));
    if (!id) {
      if (krt_error_clear_if(kKeyError))
        krt_raise(kValueError, "Filter specifier must have an \"id\" entry");
      return false;
    }
    used_ = 1;
    return unsigned_py(id, UINT64_MAX, "lzma_vli", &this->id);
  }
  /// An entry, if there is one.
  bool number_py(const char *name, uint32_t *out) {
    Value key = strFrom(name);
    int has = krt_contains_py(spec_, key);
    if (has <= 0)
      return has == 0;
    ++used_;
    uint64_t number;
    Value value = krt_getitem_py(spec_, key);
    if (!value || !unsigned_py(value, UINT32_MAX, "uint32_t", &number))
      return false;
    *out = static_cast<uint32_t>(number);
    return true;
  }
  bool finish_py(const char *kind) {
    int64_t length = krt_length_py(spec_);
    if (length < 0)
      return false;
    if (length != used_)
      krt_raise(kValueError, "Invalid filter specifier for %s filter", kind);
    return length == used_;
  }
  uint64_t id;

private:
  Value spec_;
  int64_t used_;
};

bool isBcj(uint64_t id) {
  return id == LZMA_FILTER_X86 || id == LZMA_FILTER_POWERPC || id == LZMA_FILTER_IA64 ||
         id == LZMA_FILTER_ARM || id == LZMA_FILTER_ARMTHUMB || id == LZMA_FILTER_SPARC;
}

bool parseFilter_py(Value given, lzma_filter *out) {
  Specifier spec;
  if (!spec.start_py(given))
    return false;
  out->id = spec.id;
  if (spec.id == LZMA_FILTER_LZMA1 || spec.id == LZMA_FILTER_LZMA2) {
    uint32_t preset = LZMA_PRESET_DEFAULT;
    if (!spec.number_py("preset", &preset))
      return false;
    auto *options = static_cast<lzma_options_lzma *>(gcAllocate(sizeof(lzma_options_lzma)));
    if (::lzma_lzma_preset(options, preset)) {
      krt_raise(error, "Invalid compression preset: %lld", static_cast<long long>(preset));
      return false;
    }
    uint32_t mode = options->mode, finder = options->mf;
    if (!spec.number_py("dict_size", &options->dict_size) || !spec.number_py("lc", &options->lc) ||
        !spec.number_py("lp", &options->lp) || !spec.number_py("pb", &options->pb) ||
        !spec.number_py("mode", &mode) || !spec.number_py("nice_len", &options->nice_len) ||
        !spec.number_py("mf", &finder) || !spec.number_py("depth", &options->depth))
      return false;
    options->mode = static_cast<lzma_mode>(mode);
    options->mf = static_cast<lzma_match_finder>(finder);
    out->options = options;
    return spec.finish_py("LZMA");
  }
  if (spec.id == LZMA_FILTER_DELTA) {
    auto *options = static_cast<lzma_options_delta *>(gcAllocate(sizeof(lzma_options_delta)));
    options->type = LZMA_DELTA_TYPE_BYTE;
    options->dist = 1;
    out->options = options;
    return spec.number_py("dist", &options->dist) && spec.finish_py("delta");
  }
  if (isBcj(spec.id)) {
    auto *options = static_cast<lzma_options_bcj *>(gcAllocate(sizeof(lzma_options_bcj)));
    out->options = options;
    return spec.number_py("start_offset", &options->start_offset) && spec.finish_py("BCJ");
  }
  krt_raise(kValueError, "Invalid filter ID: %S", krt_int_from_u64(spec.id));
  return false;
}

bool parseChain_py(Value given, lzma_filter (&out)[LZMA_FILTERS_MAX + 1]) {
  if (!classOf(given)->slots.getitem || hasClassFlag(given, kClassDictSub)) {
    krt_raise(kTypeError,
              hasClassFlag(given, kClassDictSub) ? "%T is not a sequence"
                                                 : "object of type '%T' has no len()",
              given);
    return false;
  }
  int64_t count = krt_length_py(given);
  if (count < 0)
    return false;
  if (count > LZMA_FILTERS_MAX) {
    krt_raise(kValueError, "Too many filters - liblzma supports a maximum of %d", LZMA_FILTERS_MAX);
    return false;
  }
  for (int64_t i = 0; i < count; ++i) {
    Value one = krt_getitem_py(given, smallInt(i));
    if (!one || !parseFilter_py(one, &out[i]))
      return false;
  }
  out[count].id = LZMA_VLI_UNKNOWN;
  return true;
}

/// Runs the coder over the input. LZMA_STREAM_END, LZMA_OK, or an error with an exception pending.
lzma_ret runCoder(Lzma *self, const uint8_t *data, int64_t size, lzma_action action, OutputBuffer &out) {
  self->stream.next_in = data;
  self->stream.avail_in = static_cast<size_t>(size);
  for (;;) {
    self->stream.next_out = out.next();
    size_t room = self->stream.avail_out = out.room();
    lzma_ret code = ::lzma_code(&self->stream, action);
    out.wrote(static_cast<int64_t>(room - self->stream.avail_out));
    if (code == LZMA_BUF_ERROR && !self->stream.avail_in &&
        self->stream.avail_out) // nothing to do, and more may come
      return LZMA_OK;
    if (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK)
      self->check = static_cast<int>(::lzma_get_check(&self->stream));
    if (failed(code) || code == LZMA_STREAM_END)
      return code;
    if (action == LZMA_RUN && (out.full() || (!self->stream.avail_in && self->stream.avail_out)))
      return LZMA_OK;
  }
}

} // namespace

bool krt__lzma_isCheckSupported(int check) {
  return ::lzma_check_is_supported(static_cast<lzma_check>(check));
}

Value krt__lzma_encodeFilterProperties_py(Value given) {
  lzma_filter filter{};
  if (!parseFilter_py(given, &filter))
    return {};
  uint32_t size;
  if (failed(::lzma_properties_size(&size, &filter)))
    return {};
  Bytes *bytes = TRY(krt_bytes_raw(size));
  return failed(::lzma_properties_encode(&filter, bytes->data)) ? Value() : Value(bytes);
}

Value krt__lzma_decodeFilterProperties_py(Value id, Value properties) {
  BytesLike bytes;
  uint64_t number;
  if (!unsigned_py(id, UINT64_MAX, "lzma_vli", &number) || !bytes.acquire_py(properties))
    return {};
  lzma_filter filter{};
  filter.id = number;
  if (failed(::lzma_properties_decode(&filter, nullptr, bytes.data(), static_cast<size_t>(bytes.size()))))
    return {};
  Dict *result = krt_dict_new();
  auto put = [&](const char *name, uint64_t value) {
    krt_dict_set_str(result, strIntern(name), krt_int_from_u64(value));
  };
  put("id", filter.id);
  if (filter.options) {
    if (number == LZMA_FILTER_LZMA1) {
      auto *options = static_cast<lzma_options_lzma *>(filter.options);
      put("dict_size", options->dict_size);
      put("lc", options->lc);
      put("lp", options->lp);
      put("pb", options->pb);
    } else if (number == LZMA_FILTER_LZMA2) {
      put("dict_size", static_cast<lzma_options_lzma *>(filter.options)->dict_size);
    } else if (number == LZMA_FILTER_DELTA) {
      put("dist", static_cast<lzma_options_delta *>(filter.options)->dist);
    } else if (isBcj(number)) {
      put("start_offset", static_cast<lzma_options_bcj *>(filter.options)->start_offset);
    }
    std::free(filter.options);
  }
  return result;
}

Value krt_lzma_compressor_create_py(Class *cls, int format, int check, Value presetGiven, Value filters) {
  bool chain = filters && filters != kNone;
  if (presetGiven != kNone && chain)
    return krt_raise(kValueError, "Cannot specify both preset and filter chain");
  uint64_t preset = LZMA_PRESET_DEFAULT;
  if (presetGiven != kNone && !unsigned_py(presetGiven, UINT32_MAX, "uint32_t", &preset))
    return {};
  if (format != kXz && check != -1 && check != LZMA_CHECK_NONE)
    return krt_raise(kValueError, "Integrity checks are only supported by FORMAT_XZ");
  auto *self = newInstance<Lzma>(krt_lzma_compressor_class, cls);
  krt_gc_set_release(self, endStream);
  self->stream.allocator = &kOutside;
  lzma_filter list[LZMA_FILTERS_MAX + 1] = {};
  if (chain && format >= kXz && format <= kRaw && !parseChain_py(filters, list))
    return {};
  lzma_ret code;
  switch (format) {
  case kXz: {
    auto kind = check == -1 ? LZMA_CHECK_CRC64 : static_cast<lzma_check>(check);
    code = gcOutside(LZMA_MEM_ERROR, [&] {
      return chain ? ::lzma_stream_encoder(&self->stream, list, kind)
                   : ::lzma_easy_encoder(&self->stream, static_cast<uint32_t>(preset), kind);
    });
    break;
  }
  case kAlone: {
    if (!chain) {
      lzma_options_lzma options;
      if (::lzma_lzma_preset(&options, static_cast<uint32_t>(preset)))
        return krt_raise(error, "Invalid compression preset: %lld", static_cast<long long>(preset));
      code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_alone_encoder(&self->stream, &options); });
    } else if (list[0].id == LZMA_FILTER_LZMA1 && list[1].id == LZMA_VLI_UNKNOWN) {
      code = gcOutside(LZMA_MEM_ERROR, [&] {
        return ::lzma_alone_encoder(&self->stream, static_cast<lzma_options_lzma *>(list[0].options));
      });
    } else {
      return krt_raise(kValueError, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
    }
    break;
  }
  case kRaw:
    if (!chain)
      return krt_raise(kValueError, "Must specify filters for FORMAT_RAW");
    code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_raw_encoder(&self->stream, list); });
    break;
  default:
    return krt_raise(kValueError, "Invalid container format: %d", format);
  }
  return failed(code) ? Value() : Value(self);
}
Value krt_lzma_compressor_compress_py(Value v, Value data) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (lzma(v)->flushed)
    return krt_raise(kValueError, "Compressor has been flushed");
  OutputBuffer out;
  runCoder(lzma(v), bytes.data(), bytes.size(), LZMA_RUN, out);
  return errorPending() ? Value() : out.finish();
}
Value krt_lzma_compressor_flush(Value v) {
  if (lzma(v)->flushed)
    return krt_raise(kValueError, "Repeated call to flush()");
  lzma(v)->flushed = true;
  OutputBuffer out;
  runCoder(lzma(v), nullptr, 0, LZMA_FINISH, out);
  endStream(lzma(v));
  return errorPending() ? Value() : out.finish();
}

Value krt_lzma_decompressor_create_py(Class *cls, int format, Value limitGiven, Value filters) {
  uint64_t limit = UINT64_MAX;
  bool chain = filters && filters != kNone;
  if (limitGiven != kNone) {
    if (format == kRaw)
      return krt_raise(kValueError, "Cannot specify memory limit with FORMAT_RAW");
    if (!unsigned_py(limitGiven, UINT64_MAX, "uint64_t", &limit))
      return {};
  }
  if (format == kRaw && !chain)
    return krt_raise(kValueError, "Must specify filters for FORMAT_RAW");
  if (format != kRaw && chain)
    return krt_raise(kValueError, "Cannot specify filters except with FORMAT_RAW");
  auto *self = newInstance<Lzma>(krt_lzma_decompressor_class, cls);
  krt_gc_set_release(self, endStream);
  self->stream.allocator = &kOutside;
  self->needsInput = true;
  self->pending = self->unused = krt_bytes_empty;
  self->check = kCheckUnknown;
  constexpr uint32_t kFlags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  lzma_ret code;
  switch (format) {
  case kAuto:
    code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_auto_decoder(&self->stream, limit, kFlags); });
    break;
  case kXz:
    code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_stream_decoder(&self->stream, limit, kFlags); });
    break;
  case kAlone:
    self->check = LZMA_CHECK_NONE;
    code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_alone_decoder(&self->stream, limit); });
    break;
  case kRaw: {
    self->check = LZMA_CHECK_NONE;
    lzma_filter list[LZMA_FILTERS_MAX + 1] = {};
    if (!parseChain_py(filters, list))
      return {};
    code = gcOutside(LZMA_MEM_ERROR, [&] { return ::lzma_raw_decoder(&self->stream, list); });
    break;
  }
  default:
    return krt_raise(kValueError, "Invalid container format: %d", format);
  }
  return failed(code) ? Value() : Value(self);
}
Value krt_lzma_decompressor_decompress_py(Value v, Value data, int64_t limit) {
  auto *self = lzma(v);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (self->eof)
    return krt_raise(kEOFError, "Already at end of stream");
  const uint8_t *at = bytes.data();
  int64_t left = bytes.size();
  putPendingBefore(self->pending, at, left);
  OutputBuffer out(limit);
  krt_gc_outside_settle(); // the first block makes the dictionary
  lzma_ret code = runCoder(self, at, left, LZMA_RUN, out);
  if (errorPending())
    return {};
  Bytes *rest =
      self->stream.avail_in ? krt_bytes_new(self->stream.next_in, self->stream.avail_in) : krt_bytes_empty;
  self->eof = code == LZMA_STREAM_END;
  // With the room used up the coder may hold more that it could not write.
  self->needsInput = !self->eof && !rest->length && !(out.full() && !self->stream.avail_out);
  self->unused = self->eof ? rest : krt_bytes_empty;
  self->pending = self->eof ? krt_bytes_empty : rest;
  self->stream.next_in = nullptr;
  self->stream.avail_in = 0;
  if (self->eof)
    endStream(self);
  return out.finish();
}
int64_t krt_lzma_decompressor_check(Value v) { return lzma(v)->check; }
bool krt_lzma_decompressor_eof(Value v) { return lzma(v)->eof; }
bool krt_lzma_decompressor_needsInput(Value v) { return lzma(v)->needsInput; }
Value krt_lzma_decompressor_unusedData(Value v) { return lzma(v)->unused; }

extern "C" {
Class krt_lzma_compressor_class = {
    .flags = kClassBase,
    .nativeName = "_lzma.LZMACompressor",
    .basicSize = sizeof(Lzma),
    .slots = {.make = krt_lzma_compressor_make},
    .methods = krt_lzma_compressor_defs,
    .doc = krt_lzma_compressor_doc,
};
Class krt_lzma_decompressor_class = {
    .flags = kClassBase,
    .nativeName = "_lzma.LZMADecompressor",
    .basicSize = sizeof(Lzma),
    .slots = {.make = krt_lzma_decompressor_make},
    .methods = krt_lzma_decompressor_defs,
    .doc = krt_lzma_decompressor_doc,
};
}

bool krt__lzma_init(Module *module) {
  if (!addException(module, &error, "_lzma", "LZMAError", Value(kException)))
    return false;
  addClass(module, &krt_lzma_compressor_class);
  addClass(module, &krt_lzma_decompressor_class);
  static const struct {
    const char *name;
    uint64_t value;
  } constants[] = {{"FORMAT_AUTO", kAuto},
                   {"FORMAT_XZ", kXz},
                   {"FORMAT_ALONE", kAlone},
                   {"FORMAT_RAW", kRaw},
                   {"CHECK_NONE", LZMA_CHECK_NONE},
                   {"CHECK_CRC32", LZMA_CHECK_CRC32},
                   {"CHECK_CRC64", LZMA_CHECK_CRC64},
                   {"CHECK_SHA256", LZMA_CHECK_SHA256},
                   {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
                   {"CHECK_UNKNOWN", kCheckUnknown},
                   {"FILTER_LZMA1", LZMA_FILTER_LZMA1},
                   {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
                   {"FILTER_DELTA", LZMA_FILTER_DELTA},
                   {"FILTER_X86", LZMA_FILTER_X86},
                   {"FILTER_IA64", LZMA_FILTER_IA64},
                   {"FILTER_ARM", LZMA_FILTER_ARM},
                   {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
                   {"FILTER_SPARC", LZMA_FILTER_SPARC},
                   {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
                   {"MF_HC3", LZMA_MF_HC3},
                   {"MF_HC4", LZMA_MF_HC4},
                   {"MF_BT2", LZMA_MF_BT2},
                   {"MF_BT3", LZMA_MF_BT3},
                   {"MF_BT4", LZMA_MF_BT4},
                   {"MODE_FAST", LZMA_MODE_FAST},
                   {"MODE_NORMAL", LZMA_MODE_NORMAL},
                   {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
                   {"PRESET_EXTREME", LZMA_PRESET_EXTREME}};
  for (auto &row : constants)
    krt_dict_set_str(module->dict, strIntern(row.name), krt_int_from_u64(row.value));
  return true;
}

} // namespace krait
