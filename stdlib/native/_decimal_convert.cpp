// _decimal_convert.cpp - see _decimal_parts.h: Decimals from and to other Python objects.
#include "stdlib/native/_decimal_parts.h"

#include "runtime/object/float.h"
#include "runtime/object/int_limbs.h"
#include "runtime/unicode/properties.h"

#include <cmath>

namespace krait::decimals {

Value newDecimal(const View &n, Class *cls) {
  bool apart = n.count > 2;
  Limb *outside = nullptr;
  if (apart) {
    outside = static_cast<Limb *>(gcTryAllocate(static_cast<size_t>(n.count) * sizeof(Limb), true));
    if (!outside)
      return krt_raise_memory();
    std::memcpy(outside, n.limbs, static_cast<size_t>(n.count) * sizeof(Limb));
  }
  Decimal *d;
  if (cls != &krt_decimal_class)
    d = reinterpret_cast<Decimal *>(krt_instance_new(cls, 0));
  else
    d = apart ? gcNew<Decimal>(krt_decimal_class) : gcNewAtomic<Decimal>(krt_decimal_class);
  d->kind = n.kind;
  d->negative = n.negative;
  d->apart = apart;
  d->digits = n.digits;
  d->exponent = n.exponent;
  if (apart)
    d->outside = outside;
  else
    for (int64_t i = 0; i < 2; ++i)
      d->inside[i] = i < n.count ? n.limbs[i] : 0;
  return d;
}

// ---- Operands ----

bool numberFromInt(Number &out, Value plain, uint32_t *status) {
  if (plain.isInt()) {
    out.setInt(plain.asInt());
    return true;
  }
  MpzView view(plain);
  int64_t count = fromBinary(out.limbs, view.get());
  if (count < 0)
    return out.outOfMemory(status);
  out.kind = Kind::Finite;
  out.negative = plain.as<Long>()->size < 0;
  out.exponent = 0;
  out.settle(count);
  return true;
}

bool Operand::takeInt(Value v) {
  if (v.isInt()) {
    int64_t i = v.asInt();
    small_ = i < 0 ? -static_cast<Limb>(i) : static_cast<Limb>(i);
    view = {&small_, 1, digitsOf(small_), 0, Kind::Finite, i < 0};
    return true;
  }
  if (!krt_int_check(v))
    return false;
  uint32_t status = 0;
  numberFromInt(large_, krt_int_plain(v), &status);
  view = large_.view();
  return true;
}
bool Operand::refuse(Value v) {
  krt_raise(kTypeError, "conversion from %T to Decimal is not supported", v);
  return false;
}

void numberFromDouble(Number &out, double d, uint32_t *status) {
  bool negative = std::signbit(d);
  if (std::isnan(d)) {
    out.setNan();
    out.negative = negative;
    return;
  }
  if (std::isinf(d))
    return out.setInfinite(negative);
  if (d == 0)
    return out.set(negative, 0, 0);
  int exponent;
  auto mantissa = static_cast<Limb>(std::ldexp(std::frexp(std::fabs(d), &exponent), 53));
  exponent -= 53;
  int zeros = __builtin_ctzll(mantissa);
  if (exponent < 0) {
    zeros = std::min(zeros, -exponent);
    mantissa >>= zeros;
    exponent += zeros;
  }
  if (!exponent)
    return out.set(negative, mantissa, 0);
  // mantissa * 2^exponent, or mantissa * 5^-exponent * 10^exponent
  mpz_t n;
  mpz_init(n);
  if (exponent > 0) {
    mpz_set_ui(n, mantissa);
    mpz_mul_2exp(n, n, static_cast<mp_bitcnt_t>(exponent));
  } else {
    mpz_ui_pow_ui(n, 5, static_cast<unsigned long>(-exponent));
    mpz_mul_ui(n, n, mantissa);
  }
  int64_t count = fromBinary(out.limbs, n);
  mpz_clear(n);
  if (count < 0) {
    out.outOfMemory(status);
    return;
  }
  out.kind = Kind::Finite;
  out.negative = negative;
  out.exponent = std::min(exponent, 0);
  out.settle(count);
}

// ---- Making Decimals ----

/// A number that was read exactly, with what the context, or the limits of all numbers, say to it.
static Value settled(Class *cls, Number &n, uint32_t status, DecimalContext *c, bool rounds) {
  if (rounds) {
    if (n.isFinite() || n.kind == Kind::Infinite)
      finish(n, c->settings, &status);
    else if (n.digits > c->settings.precision - c->settings.clamp)
      n.invalid(&status, kConversionSyntax);
  } else if (!(status & kAnyError)) {
    finishSlow(n, kExactSettings, &status);
    if (status & (kInexact | kRounded | kClamped))
      n.invalid(&status);
    status &= kAnyError;
  }
  return signalled(c, status) ? newDecimal(n, cls) : Value();
}

Value decimalFromText(Class *cls, Str *text, DecimalContext *c, bool rounds) {
  Number n;
  uint32_t status = 0;
  bool good = true;
  auto space = [](char ch) { return ch == ' ' || (ch >= '\t' && ch <= '\r') || (ch >= 0x1c && ch <= 0x1f); };
  std::string changed;
  const char *at = reinterpret_cast<const char *>(text->data1()), *end = at + text->length();
  if (!text->isAscii()) {
    // Digits of any script, as long as there is nothing else.
    for (int64_t i = 0, length = text->length(); i < length && good; ++i) {
      uint32_t ch = text->at(i);
      int digit = ch < 128 ? -1 : charDecimal(ch);
      if (ch < 128)
        changed += static_cast<char>(ch);
      else if (digit >= 0)
        changed += static_cast<char>('0' + digit);
      else if (charIsSpace(ch))
        changed += ' ';
      else
        good = false;
    }
    at = changed.data();
    end = at + changed.size();
  }
  if (!rounds) {
    while (at < end && space(*at))
      ++at;
    while (at < end && space(end[-1]))
      --end;
    if (at < end && std::memchr(at, '_', static_cast<size_t>(end - at))) {
      std::string plain;
      for (; at < end; ++at)
        if (*at != '_')
          plain += *at;
      changed = plain;
      at = changed.data();
      end = at + changed.size();
    }
  }
  if (!good || !parse(n, at, static_cast<size_t>(end - at), &status))
    n.invalid(&status, kConversionSyntax);
  return settled(cls, n, status, c, rounds);
}

Value decimalFromInt(Class *cls, Value plain, DecimalContext *c, bool rounds) {
  Number n;
  uint32_t status = 0;
  numberFromInt(n, plain, &status);
  return settled(cls, n, status, c, rounds);
}

Value decimalFromDouble(Class *cls, double d, DecimalContext *c, bool rounds) {
  Number n;
  uint32_t status = 0;
  numberFromDouble(n, d, &status);
  return settled(cls, n, status, c, rounds);
}

/// Digits of a tuple of ints as text; false with ValueError pending.
static bool digitsOfTuple(Value given, std::string *out) {
  auto bad = [] {
    krt_raise(kValueError, "coefficient must be a tuple of digits");
    return false;
  };
  const Value *items;
  int64_t length;
  if (hasClassFlag(given, kClassTupleSub)) {
    items = given.as<Tuple>()->items;
    length = given.as<Tuple>()->length;
  } else if (hasClassFlag(given, kClassListSub)) {
    items = given.as<List>()->items;
    length = given.as<List>()->length;
  } else {
    return bad();
  }
  for (int64_t i = 0; i < length; ++i) {
    Value digit = krt_int_check(items[i]) ? krt_int_plain(items[i]) : Value();
    if (!digit || !digit.isInt() || digit.asInt() < 0 || digit.asInt() > 9)
      return bad();
    *out += static_cast<char>('0' + digit.asInt());
  }
  return true;
}

Value decimalFromSequence_py(Class *cls, Value sequence, DecimalContext *c, bool rounds) {
  bool isTuple = hasClassFlag(sequence, kClassTupleSub);
  Tuple *parts = isTuple ? sequence.as<Tuple>() : TRY(krt_tuple_from_py(sequence));
  if (parts->length != 3)
    return krt_raise(kValueError, "argument must be a sequence of length 3");
  Value sign = krt_int_check(parts->items[0]) ? krt_int_plain(parts->items[0]) : Value();
  if (!sign || (sign != smallInt(0) && sign != smallInt(1)))
    return krt_raise(kValueError, "sign must be an integer with the value 0 or 1");
  std::string text = sign == smallInt(1) ? "-" : "", end;
  Value exponent = parts->items[2];
  if (strCheck(exponent)) {
    std::string_view letter = strView(exponent.as<Str>());
    if (letter == "F")
      return decimalFromText(cls, strFrom(text + "Infinity"), c, rounds);
    if (letter != "n" && letter != "N")
      return krt_raise(kValueError, "string argument in the third position must be 'F', 'n' or 'N'");
    text += letter == "n" ? "NaN" : "sNaN";
  } else {
    if (!krt_int_check(exponent))
      return krt_raise(kValueError, "exponent must be an integer");
    int64_t n;
    if (!krt_int_to_i64(krt_int_plain(exponent), &n))
      return krt_raise(kOverflowError, "Python int too large to convert to C ssize_t");
    text += "0";
    end = "E" + std::to_string(n);
  }
  if (!digitsOfTuple(parts->items[1], &text))
    return {};
  return decimalFromText(cls, strFrom(text + end), c, rounds);
}

Value decimalFromDecimal(Class *cls, Value given, DecimalContext *c, bool rounds) {
  if (!rounds)
    return cls == &krt_decimal_class && classOf(given) == cls ? given : newDecimal(viewOf(given), cls);
  View v = viewOf(given);
  uint32_t status = 0;
  if (v.isNan() && v.digits > c->settings.precision - c->settings.clamp) {
    Number n;
    n.invalid(&status, kConversionSyntax);
    return signalled(c, status) ? newDecimal(n, cls) : Value();
  }
  Number n;
  n.copy(v, &status);
  finish(n, c->settings, &status);
  return signalled(c, status) ? newDecimal(n, cls) : Value();
}

Value decimalFrom_py(Class *cls, Value given, DecimalContext *c, bool rounds) {
  if (isDecimal(given))
    return decimalFromDecimal(cls, given, c, rounds);
  if (strCheck(given))
    return decimalFromText(cls, given.as<Str>(), c, rounds);
  if (krt_int_check(given))
    return decimalFromInt(cls, krt_int_plain(given), c, rounds);
  if (hasClassFlag(given, kClassTupleSub) || hasClassFlag(given, kClassListSub))
    return decimalFromSequence_py(cls, given, c, rounds);
  if (floatCheck(given)) {
    if (!signal(c, kFloatOperation))
      return {};
    return decimalFromDouble(cls, floatValue(given), c, rounds);
  }
  return krt_raise(kTypeError, "conversion from %T to Decimal is not supported", given);
}

Value decimalFromNumber_py(Class *cls, Value given, DecimalContext *c, bool rounds) {
  Class *made = rounds ? cls : &krt_decimal_class;
  Value d;
  if (krt_int_check(given))
    d = TRY(decimalFromInt(made, krt_int_plain(given), c, rounds));
  else if (floatCheck(given))
    d = TRY(decimalFromDouble(made, floatValue(given), c, rounds));
  else
    return krt_raise(kTypeError, "argument must be int or float");
  return made == cls ? d : krt_call1_py(cls, d);
}

// ---- To other objects ----

Value intFromNumber(const View &n) {
  if (n.exponent == 0 && n.count == 1 && n.limbs[0] <= static_cast<Limb>(kSmallIntMax))
    return smallInt(n.negative ? -static_cast<int64_t>(n.limbs[0]) : static_cast<int64_t>(n.limbs[0]));
  Number whole;
  uint32_t status = 0;
  MpzResult z;
  if (!truncate(whole, n, &status) || !toBinary(z.get(), whole.limbs.data(), whole.count))
    return krt_raise_memory();
  if (n.negative)
    mpz_neg(z.get(), z.get());
  return z.take();
}

Value textOf(const View &n, bool capitals, bool engineering) {
  std::string text;
  if (!toText(text, n, capitals, engineering))
    return krt_raise_memory();
  return krt_str_from_latin1(reinterpret_cast<const uint8_t *>(text.data()), text.size());
}

Value tupleOf_py(const View &n) {
  Value parts[3] = {smallInt(n.negative)};
  if (n.isInfinite()) {
    Value zero = smallInt(0);
    parts[1] = krt_tuple_from(&zero, 1);
    parts[2] = KSTR(F);
  } else {
    if (static_cast<Wide>(n.digits) * sizeof(Value) > Wide{1} << 30 &&
        !affordable(static_cast<Wide>(n.digits) * sizeof(Value)))
      return krt_raise_memory();
    Tuple *digits = TRY(krt_tuple_new(static_cast<size_t>(n.digits)));
    for (int64_t i = 0; i < n.digits; ++i)
      digits->items[i] = smallInt(digitAt(n.limbs, n.digits - 1 - i));
    parts[1] = digits;
    parts[2] = n.isFinite() ? smallInt(n.exponent) : Value(n.kind == Kind::QuietNan ? KSTR(n) : KSTR(N));
  }
  return krt_call_py(decimalTupleClass, parts, 3, nullptr);
}

Value ratioOf(const View &n) {
  if (!n.isFinite())
    return n.isNan() ? krt_raise(kValueError, "cannot convert NaN to integer ratio")
                     : krt_raise(kOverflowError, "cannot convert Infinity to integer ratio");
  Value pair[2];
  View coefficient = n;
  if (n.exponent >= 0 || n.isZero()) {
    if (n.isZero())
      coefficient.exponent = 0;
    pair[0] = TRY(intFromNumber(coefficient));
    pair[1] = smallInt(1);
    return krt_tuple_from(pair, 2);
  }
  if (n.exponent < -(int64_t{1} << 32) && !affordable(static_cast<Wide>(-n.exponent)))
    return krt_raise_memory();
  MpzResult numerator, denominator, common;
  mpz_ui_pow_ui(denominator.get(), 10, static_cast<unsigned long>(-n.exponent));
  if (!toBinary(numerator.get(), n.limbs, n.count))
    return krt_raise_memory();
  mpz_gcd(common.get(), numerator.get(), denominator.get());
  mpz_divexact(numerator.get(), numerator.get(), common.get());
  mpz_divexact(denominator.get(), denominator.get(), common.get());
  if (n.negative)
    mpz_neg(numerator.get(), numerator.get());
  pair[0] = TRY(numerator.take());
  pair[1] = TRY(denominator.take());
  return krt_tuple_from(pair, 2);
}

} // namespace krait::decimals
