// hash_table.h - the index part that Dict and Set share: an open-addressing table of entry positions.
//
// Slots are 1, 2 or 4 bytes wide, by the table's size; the two highest values mean empty and deleted. Probing is the
// linear congruential walk i = 5i + 1 + perturb (Knuth 3.3.4 gives its period 2^k), perturbed by the upper hash bits.
#pragma once

#include "runtime/gc/gc.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <type_traits>

namespace krait {

class IndexTable {
public:
  static constexpr int64_t kEmpty = -1, kDeleted = -2;

  IndexTable(void *slots, unsigned log2Size) : slots_(slots), log2Size_(log2Size) {}

  static void *allocate(unsigned log2Size) {
    size_t bytes = (size_t{1} << log2Size) * width(log2Size);
    void *slots = gcTryAllocate(bytes, true);
    if (slots)
      std::memset(slots, 0xff, bytes);
    return slots;
  }
  static unsigned width(unsigned log2Size) { return log2Size < 8 ? 1 : log2Size < 16 ? 2 : 4; }
  /// Entries a table of this size may hold: two thirds.
  static uint32_t usable(unsigned log2Size) { return static_cast<uint32_t>((uint64_t{2} << log2Size) / 3); }
  /// The smallest table for [entries].
  static unsigned log2For(uint64_t entries) {
    unsigned log2Size = 3;
    while (usable(log2Size) < entries)
      ++log2Size;
    return log2Size;
  }

  uint64_t mask() const { return (uint64_t{1} << log2Size_) - 1; }
  int64_t get(uint64_t slot) const {
    if (log2Size_ < 8)
      return decode<uint8_t>(slot);
    if (log2Size_ < 16)
      return decode<uint16_t>(slot);
    return decode<uint32_t>(slot);
  }
  void set(uint64_t slot, int64_t position) {
    if (log2Size_ < 8)
      static_cast<uint8_t *>(slots_)[slot] = static_cast<uint8_t>(position);
    else if (log2Size_ < 16)
      static_cast<uint16_t *>(slots_)[slot] = static_cast<uint16_t>(position);
    else
      static_cast<uint32_t *>(slots_)[slot] = static_cast<uint32_t>(position);
  }
  /// Enters [position] for [hash] into the first free slot; the key must not be in the table.
  void insert(int64_t hash, uint32_t position) {
    for (Probe probe(hash, mask());; probe.advance())
      if (get(probe.slot) < 0)
        return set(probe.slot, position);
  }
  /// The slot that holds [position].
  uint64_t slotOf(int64_t hash, uint32_t position) const {
    for (Probe probe(hash, mask());; probe.advance())
      if (get(probe.slot) == position)
        return probe.slot;
  }

  struct Probe {
    uint64_t slot, perturb, mask;
    Probe(int64_t hash, uint64_t mask) : slot(static_cast<uint64_t>(hash) & mask), perturb(static_cast<uint64_t>(hash)), mask(mask) {}
    void advance() {
      perturb >>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
  };

private:
  template <typename T> int64_t decode(uint64_t slot) const {
    T raw = static_cast<T *>(slots_)[slot];
    return raw >= static_cast<T>(kDeleted) ? static_cast<std::make_signed_t<T>>(raw) : static_cast<int64_t>(raw);
  }
  void *slots_;
  unsigned log2Size_;
};

/// hash(key) for the kinds that need no call; false for the others.
inline bool hashQuick(Value key, int64_t *hash) {
  if (isExact(key, krt_str_class)) {
    Str *text = key.as<Str>();
    *hash = text->hash != -1 ? text->hash : krt_str_hash(text);
    return true;
  }
  if (key.isInt()) {
    constexpr int64_t modulus = (int64_t{1} << 61) - 1; // sys.hash_info.modulus
    int64_t i = key.asInt();
    if (__builtin_expect(i >= modulus || i <= -modulus, 0))
      i %= modulus;
    *hash = i == -1 ? -2 : i;
    return true;
  }
  return false;
}
/// hash(key); -1 = exception pending.
inline int hashOf(Value key, int64_t *hash) { return hashQuick(key, hash) ? 0 : krt_hash_py(key, hash); }

/// Equality of keys that needs no user code: 1, 0, or -1 when it has to be asked for with krt_equal_py.
inline int equalQuick(Value a, Value b) {
  if (a == b)
    return 1;
  if (a.isInt() && b.isInt())
    return 0;
  if (isExact(a, krt_str_class) && isExact(b, krt_str_class)) {
    Str *s = a.as<Str>(), *t = b.as<Str>();
    if (s->isInterned() && t->isInterned())
      return 0;
    return krt_str_equal(s, t);
  }
  return -1;
}

} // namespace krait
