// cmath.h - the module cmath.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(cmath, "Mathematical functions of complex numbers.");

extern "C" {
KRT_MODULE_INIT(cmath)
bool krt_cmath_init(Module *module);

/// Arc cosine.
KRT_FUNCTION(cmath, "acos(z, /)", KRT_RUNS_PY)
Value krt_cmath_acos_py(Value z);

/// Inverse hyperbolic cosine.
KRT_FUNCTION(cmath, "acosh(z, /)", KRT_RUNS_PY)
Value krt_cmath_acosh_py(Value z);

/// Arc sine.
KRT_FUNCTION(cmath, "asin(z, /)", KRT_RUNS_PY)
Value krt_cmath_asin_py(Value z);

/// Inverse hyperbolic sine.
KRT_FUNCTION(cmath, "asinh(z, /)", KRT_RUNS_PY)
Value krt_cmath_asinh_py(Value z);

/// Arc tangent.
KRT_FUNCTION(cmath, "atan(z, /)", KRT_RUNS_PY)
Value krt_cmath_atan_py(Value z);

/// Inverse hyperbolic tangent.
KRT_FUNCTION(cmath, "atanh(z, /)", KRT_RUNS_PY)
Value krt_cmath_atanh_py(Value z);

/// Cosine.
KRT_FUNCTION(cmath, "cos(z, /)", KRT_RUNS_PY)
Value krt_cmath_cos_py(Value z);

/// Hyperbolic cosine.
KRT_FUNCTION(cmath, "cosh(z, /)", KRT_RUNS_PY)
Value krt_cmath_cosh_py(Value z);

/// e to the power z.
KRT_FUNCTION(cmath, "exp(z, /)", KRT_RUNS_PY)
Value krt_cmath_exp_py(Value z);

/// Logarithm to base 10.
KRT_FUNCTION(cmath, "log10(z, /)", KRT_RUNS_PY)
Value krt_cmath_log10_py(Value z);

/// Sine.
KRT_FUNCTION(cmath, "sin(z, /)", KRT_RUNS_PY)
Value krt_cmath_sin_py(Value z);

/// Hyperbolic sine.
KRT_FUNCTION(cmath, "sinh(z, /)", KRT_RUNS_PY)
Value krt_cmath_sinh_py(Value z);

/// Square root.
KRT_FUNCTION(cmath, "sqrt(z, /)", KRT_RUNS_PY)
Value krt_cmath_sqrt_py(Value z);

/// Tangent.
KRT_FUNCTION(cmath, "tan(z, /)", KRT_RUNS_PY)
Value krt_cmath_tan_py(Value z);

/// Hyperbolic tangent.
KRT_FUNCTION(cmath, "tanh(z, /)", KRT_RUNS_PY)
Value krt_cmath_tanh_py(Value z);

/// The angle of z, between -pi and pi.
KRT_FUNCTION(cmath, "phase(z, /)", KRT_RUNS_PY)
Value krt_cmath_phase_py(Value z);

/// The length and the angle of z.
KRT_FUNCTION(cmath, "polar(z, /)", KRT_RUNS_PY)
Value krt_cmath_polar_py(Value z);

/// Whether both parts are finite.
KRT_FUNCTION(cmath, "isfinite(z, /)", KRT_RUNS_PY)
Value krt_cmath_isfinite_py(Value z);

/// Whether a part is infinite.
KRT_FUNCTION(cmath, "isinf(z, /)", KRT_RUNS_PY)
Value krt_cmath_isinf_py(Value z);

/// Whether a part is NaN.
KRT_FUNCTION(cmath, "isnan(z, /)", KRT_RUNS_PY)
Value krt_cmath_isnan_py(Value z);

/// Logarithm of z to a base, or the natural one.
KRT_FUNCTION(cmath, "log(z, base=<null>, /)", KRT_RUNS_PY)
Value krt_cmath_log_py(Value z, Value base);

/// The complex number of a length and an angle.
KRT_FUNCTION(cmath, "rect(r, phi, /)", KRT_RUNS_PY)
Value krt_cmath_rect_py(double r, double phi);

/// Whether two numbers are close to each other.
KRT_FUNCTION(cmath, "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", KRT_RUNS_PY)
Value krt_cmath_isclose_py(Value a, Value b, double relTol, double absTol);
}

} // namespace krait
