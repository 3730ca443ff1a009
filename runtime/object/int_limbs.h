// int_limbs.h - for the files that implement integers: operands as sign and limbs, and making results.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"
#include "runtime/object/int.h"

#include <gmp.h>

namespace krait {

static_assert(GMP_NUMB_BITS == 64 && sizeof(mp_limb_t) == sizeof(uint64_t));
inline mp_limb_t *asMp(uint64_t *limbs) { return reinterpret_cast<mp_limb_t *>(limbs); }
inline const mp_limb_t *asMp(const uint64_t *limbs) { return reinterpret_cast<const mp_limb_t *>(limbs); }

/// A plain integer seen as sign and magnitude; the limb of a small one lies in the view itself.
struct IntView {
  uint64_t small;
  const uint64_t *limbs;
  int64_t count; // 0 for zero
  bool negative;

  explicit IntView(Value v) {
    if (v.isInt()) {
      int64_t i = v.asInt();
      negative = i < 0;
      small = negative ? -static_cast<uint64_t>(i) : static_cast<uint64_t>(i);
      limbs = &small;
      count = i != 0;
    } else {
      auto *big = v.as<Long>();
      negative = big->size < 0;
      limbs = big->limbs;
      count = negative ? -big->size : big->size;
    }
  }
  IntView(const IntView &) = delete;
  const mp_limb_t *mp() const { return asMp(limbs); }
};

/// Room for [count] limbs; null with MemoryError pending.
Long *longNew(int64_t count);
/// Strips leading zero limbs of [big] (magnitude of [count] limbs) and gives the small form where it fits.
Value longFinish(Long *big, int64_t count, bool negative);

/// mpz functions on plain integers: a read-only mpz of a view, and a result.
class MpzView {
public:
  explicit MpzView(Value v) : view_(v) {
    mpz_roinit_n(z_, view_.mp(), view_.negative ? -view_.count : view_.count);
  }
  mpz_srcptr get() const { return z_; }

private:
  IntView view_;
  mpz_t z_;
};
class MpzResult {
public:
  MpzResult() { mpz_init(z_); }
  ~MpzResult() { mpz_clear(z_); }
  MpzResult(const MpzResult &) = delete;
  mpz_ptr get() { return z_; }
  Value take() {
    return krt_int_from_limbs(reinterpret_cast<const uint64_t *>(mpz_limbs_read(z_)), mpz_size(z_), mpz_sgn(z_) < 0);
  }

private:
  mpz_t z_;
};

} // namespace krait
