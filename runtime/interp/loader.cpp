// loader.cpp - see loader.h. Strings are made once per image; code objects in order, so that one is complete
// before the constants of another refer to it (nested code has the greater number).
#include "runtime/interp/loader.h"

#include "runtime/gc/gc.h"
#include "runtime/interp/interp.h"
#include "runtime/object/bytes.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/exports.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <vector>

namespace krait {

namespace {

class ImageLoader {
public:
  ImageLoader(const void *bytes, bool owned) : image_(bytes), bytes_(bytes), owned_(owned) {}

  Code *load() {
    strings_.reserve(image_.stringCount());
    for (uint32_t i = 0; i < image_.stringCount(); ++i)
      strings_.push(makeString(image_.string(i)));
    codes_.reserve(image_.codeCount());
    for (uint32_t i = 0; i < image_.codeCount(); ++i)
      codes_.push(gcNew<Code>(krt_code_class));
    for (uint32_t i = image_.codeCount(); i-- > 0;)
      fill(codes_[i], image_.code(i));
    numberEqualNames();
    return codes_[0];
  }
  void copyCodes(Code **out) const {
    for (uint32_t i = 0; i < image_.codeCount(); ++i)
      out[i] = codes_[i];
  }

private:
  CodeImage image_;
  const void *bytes_;
  bool owned_;
  GcVector<Str *> strings_;
  GcVector<Code *> codes_;

  /// Code::ordinal, past 65535 the same for all.
  void numberEqualNames() {
    std::vector<uint16_t> seen(image_.stringCount());
    for (uint32_t i = 0; i < image_.codeCount(); ++i) {
      uint16_t &count = seen[image_.code(i).qualname];
      codes_[i]->ordinal = count;
      if (count != UINT16_MAX)
        ++count;
    }
  }

  Str *makeString(const StringRecord &record) {
    const char *text = image_.text(record);
    if (record.flags & kStringInterned)
      return krt_str_intern_utf8(text, record.byteLength);
    return krt_str_from_utf8(text, record.byteLength);
  }

  Value constant(const ConstRecord &record) {
    switch (record.kind) {
    case ConstKind::None:
      return kNone;
    case ConstKind::True:
      return kTrue;
    case ConstKind::False:
      return kFalse;
    case ConstKind::Ellipsis:
      return kEllipsis;
    case ConstKind::Int:
      return krt_int_from_i64(*image_.at<int64_t>(record.payload));
    case ConstKind::BigInt: {
      const auto *big = image_.at<BigIntRecord>(record.payload);
      return krt_int_from_limbs(big->limbs(), big->limbCount, big->negative);
    }
    case ConstKind::Float:
      return floatBox(*image_.at<double>(record.payload));
    case ConstKind::Complex: {
      const double *parts = image_.at<double>(record.payload);
      return krt_complex_new(parts[0], parts[1]);
    }
    case ConstKind::Str:
      return strings_[record.payload];
    case ConstKind::Bytes: {
      const auto *bytes = image_.at<BytesRecord>(record.payload);
      return krt_bytes_new(reinterpret_cast<const uint8_t *>(bytes->data()), bytes->size);
    }
    case ConstKind::Tuple: {
      const auto *tuple = image_.at<TupleRecord>(record.payload);
      Tuple *result = krt_tuple_new(tuple->count);
      for (uint32_t i = 0; i < tuple->count; ++i)
        result->items[i] = constant(tuple->items()[i]);
      return result;
    }
    case ConstKind::FrozenSet: {
      const auto *tuple = image_.at<TupleRecord>(record.payload);
      if (tuple->count == 0) // the one there is
        return krt_call_py(&krt_frozenset_class, nullptr, 0, nullptr);
      Set *set = krt_set_new(&krt_frozenset_class);
      for (uint32_t i = 0; i < tuple->count; ++i)
        krt_set_add_py(set, constant(tuple->items()[i]));
      return set;
    }
    case ConstKind::Code:
      return codes_[record.payload];
    }
    __builtin_unreachable();
  }

  Tuple *names(const ImageArray &array) {
    const uint32_t *numbers = image_.array<uint32_t>(array);
    Tuple *result = krt_tuple_new(array.count);
    for (uint32_t i = 0; i < array.count; ++i)
      result->items[i] = strings_[numbers[i]];
    return result;
  }

  void fill(Code *code, const CodeRecord &record) {
    code->units = image_.array<uint16_t>(record.units);
    code->unitCount = record.units.count;
    code->flags = record.flags;
    code->argCount = static_cast<uint16_t>(record.argcount);
    code->posOnlyCount = static_cast<uint16_t>(record.posonlyargcount);
    code->kwOnlyCount = static_cast<uint16_t>(record.kwonlyargcount);
    code->localCount = static_cast<uint16_t>(record.varnames.count);
    code->registerCount = static_cast<uint16_t>(record.nregs);
    code->siteCount = record.nsites;
    code->constCount = record.consts.count;
    code->consts = static_cast<Value *>(gcAllocate((record.consts.count + 1) * sizeof(Value)));
    const auto *consts = image_.array<ConstRecord>(record.consts);
    for (uint32_t i = 0; i < record.consts.count; ++i)
      code->consts[i] = constant(consts[i]);
    code->nameCount = record.names.count;
    code->names = static_cast<Str **>(gcAllocate((record.names.count + 1) * sizeof(Str *)));
    const uint32_t *numbers = image_.array<uint32_t>(record.names);
    const Str *bufferError = KSTR(BufferError);
    for (uint32_t i = 0; i < record.names.count; ++i) {
      code->names[i] = strings_[numbers[i]];
      exportsErrorNamed |= code->names[i] == bufferError;
    }
    code->rangeCount = record.handlers.count;
    code->ranges = image_.array<ExceptionRange>(record.handlers);
    code->positions = image_.array<uint8_t>(record.positions);
    code->positionsSize = record.positions.count;
    code->firstLine = record.firstLine;
    code->name = strings_[record.name];
    code->qualname = strings_[record.qualname];
    code->filename = strings_[record.filename];
    code->varnames = names(record.varnames);
    code->cellvars = names(record.cellvars);
    code->freevars = names(record.freevars);
    code->cellRegs = image_.array<uint16_t>(record.cellRegs);
    code->hash = record.hash;
    code->entry = krt_function_entry_py;
    code->image = owned_ ? bytes_ : nullptr;
  }
};

} // namespace

extern "C" Code *krt_code_load(const void *image, bool owned) {
  KRT_ALLOW_PY("constants hash and compare natively");
  return ImageLoader(image, owned).load();
}

extern "C" void krt_code_load_all(const void *image, Code **codes) {
  KRT_ALLOW_PY("constants hash and compare natively");
  ImageLoader loader(image, false);
  loader.load();
  loader.copyCodes(codes);
}

} // namespace krait
