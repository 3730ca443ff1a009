// complex_methods.cpp - construction and methods of complex.
#include "runtime/object/complex_methods.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/format.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <string>

namespace krait {

std::string numberText(Str *text); // int_methods.cpp

bool complexCheck(Value v) { return hasClassFlag(v, kClassComplexSub); }

/// The result of x.__complex__(), or null; no exception: there is none.
static Value callComplex_py(Value x) {
  Value self, method = krt_special_lookup_py(x, KSTR(__complex__), &self);
  if (!method)
    return {};
  Value result = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
  if (!complexCheck(result))
    return krt_raise(kTypeError, "__complex__ returned non-complex (type %.200T)", result);
  if (!isExact(result, krt_complex_class) &&
      krt_warn_py(kDeprecationWarning, 1,
                  "__complex__ returned non-complex (type %.200T).  The ability to return an instance of a strict "
                  "subclass of complex is deprecated, and may not be supported in a future version of Python.",
                  result) < 0)
    return {};
  return result;
}

bool complexValue_py(Value number, double *real, double *imag) {
  Value z = number;
  if (!complexCheck(number)) {
    z = callComplex_py(number);
    if (!z && errorPending())
      return false;
  }
  if (z) {
    *real = z.as<Complex>()->real;
    *imag = z.as<Complex>()->imag;
    return true;
  }
  *imag = 0;
  *real = krt_double_py(number);
  return !(*real == -1.0 && errorPending());
}

/// A float at the front of [text]; its end, or null if there is none.
static const char *floatPrefix(std::string_view text, double *out) {
  auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  size_t i = !text.empty() && (text[0] == '+' || text[0] == '-');
  auto word = [&](std::string_view lower) {
    if (text.size() - i < lower.size())
      return false;
    for (size_t k = 0; k < lower.size(); k++)
      if ((text[i + k] | 0x20) != lower[k])
        return false;
    i += lower.size();
    return true;
  };
  if (!word("infinity") && !word("inf") && !word("nan")) {
    size_t digits = 0;
    for (; digit(i); i++)
      digits++;
    if (i < text.size() && text[i] == '.')
      for (i++; digit(i); i++)
        digits++;
    if (!digits)
      return nullptr;
    if (i < text.size() && (text[i] | 0x20) == 'e') {
      size_t e = i + 1;
      if (e < text.size() && (text[e] == '+' || text[e] == '-'))
        e++;
      if (digit(e)) {
        while (digit(e))
          e++;
        i = e;
      }
    }
  }
  return doubleFromText(text.substr(0, i), out) ? text.data() + i : nullptr;
}

/// float, float j, or float then signed float j; parentheses and spaces around.
static bool parseComplex(std::string_view text, double *real, double *imag) {
  auto trim = [&] {
    auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && space(text.front()))
      text.remove_prefix(1);
    while (!text.empty() && space(text.back()))
      text.remove_suffix(1);
  };
  trim();
  if (!text.empty() && text.front() == '(') {
    if (text.size() < 2 || text.back() != ')')
      return false;
    text = text.substr(1, text.size() - 2);
    trim();
  }
  *real = *imag = 0;
  if (text.empty())
    return false;
  auto isUnit = [](std::string_view t) { return t.size() == 1 && (t[0] | 0x20) == 'j'; };
  /// "j", "+j", "-j" or a float and j: the whole of [t].
  auto imaginary = [&](std::string_view t, bool signNeeded) {
    bool hasSign = !t.empty() && (t[0] == '+' || t[0] == '-');
    if (signNeeded && !hasSign)
      return false;
    if (isUnit(t.substr(hasSign))) {
      *imag = hasSign && t[0] == '-' ? -1.0 : 1.0;
      return true;
    }
    const char *end = floatPrefix(t, imag);
    return end && isUnit(t.substr(static_cast<size_t>(end - t.data())));
  };
  double first;
  const char *end = floatPrefix(text, &first);
  if (!end)
    return imaginary(text, false);
  std::string_view rest = text.substr(static_cast<size_t>(end - text.data()));
  if (rest.empty()) {
    *real = first;
    return true;
  }
  if (isUnit(rest)) {
    *imag = first;
    return true;
  }
  *real = first;
  return imaginary(rest, true);
}

static Value complexInstance(Class *cls, double real, double imag) {
  if (cls == &krt_complex_class)
    return krt_complex_new(real, imag);
  auto *object = static_cast<Complex *>(krt_instance_new(cls, 0));
  object->real = real;
  object->imag = imag;
  return object;
}

static Value fromText(Class *cls, Str *text) {
  std::string clean, given = numberText(text);
  for (size_t i = 0; i < given.size(); i++) { // underscores stand between digits only
    auto digit = [&](size_t k) { return k < given.size() && given[k] >= '0' && given[k] <= '9'; };
    if (given[i] != '_')
      clean += given[i];
    else if (i == 0 || !digit(i - 1) || !digit(i + 1))
      return krt_raise(kValueError, "could not convert string to complex: %R", Value(text));
  }
  double real, imag;
  if (!parseComplex(clean, &real, &imag))
    return krt_raise(kValueError, "complex() arg is a malformed string");
  return complexInstance(cls, real, imag);
}

static bool isNumber(Value v) {
  const TypeSlots &slots = classOf(v)->slots;
  return slots.toFloat || slots.index || complexCheck(v);
}

Value krt_complex_create_py(Class *cls, Value real, Value imag) {
  if (!imag && isExact(real, krt_complex_class) && cls == &krt_complex_class)
    return real;
  if (strCheck(real)) {
    if (imag)
      return krt_raise(kTypeError, "complex() can't take second arg if first is a string");
    return fromText(cls, real.as<Str>());
  }
  if (imag && strCheck(imag))
    return krt_raise(kTypeError, "complex() second arg can't be a string");
  Value first = callComplex_py(real);
  if (!first && errorPending())
    return {};
  if (first)
    real = first;
  if (!isNumber(real))
    return krt_raise(kTypeError, "complex() first argument must be a string or a number, not '%.200T'", real);
  if (imag && !isNumber(imag))
    return krt_raise(kTypeError, "complex() second argument must be a number, not '%.200T'", imag);
  double re = 0, reImag = 0, im = 0, imImag = 0;
  bool realIsComplex = complexCheck(real), imagIsComplex = imag && complexCheck(imag);
  if (!complexValue_py(real, &re, &reImag))
    return {};
  if (imag && !complexValue_py(imag, &im, &imImag))
    return {};
  // real + imag*1j, where either may be complex; only what is there is added, so that signs of zeros stay.
  if (imagIsComplex)
    re -= imImag;
  if (realIsComplex)
    im = imag ? im + reImag : reImag;
  return complexInstance(cls, re, im);
}

Value krt_complex_conjugate(Value self) { return krt_complex_new(self.as<Complex>()->real, -self.as<Complex>()->imag); }
Value krt_complex_toComplex(Value self) {
  return isExact(self, krt_complex_class) ? self : krt_complex_new(self.as<Complex>()->real, self.as<Complex>()->imag);
}
Str *krt_complex_formatMethod_py(Value self, Str *spec) {
  if (spec->length())
    return krt_complex_format(self, spec);
  return isExact(self, krt_complex_class) ? krt_complex_repr(self.as<Complex>()->real, self.as<Complex>()->imag) : krt_str_of_py(self);
}
Value krt_complex_getNewArgs(Value self) {
  Value both[2] = {floatBox(self.as<Complex>()->real), floatBox(self.as<Complex>()->imag)};
  return krt_tuple_from(both, 2);
}
Value krt_complex_real(Value self) { return floatBox(self.as<Complex>()->real); }
Value krt_complex_imag(Value self) { return floatBox(self.as<Complex>()->imag); }

} // namespace krait
