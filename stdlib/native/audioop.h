// audioop.h - the module audioop: sound samples of 1 to 4 bytes, in fragments of bytes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(
    audioop,
    "Raw audio processing: fragments are bytes-like objects of samples, signed and of 1, 2, 3 or 4 bytes.");

extern "C" {
KRT_MODULE_INIT(audioop, KRT_RUNS_PY) bool krt_audioop_init(Module *module);
/// Return a fragment which is the sum of the two samples passed as parameters.
KRT_FUNCTION(audioop, "add(fragment1, fragment2, width, /)", KRT_RUNS_PY)
Value krt_audioop_add_py(Value fragment1, Value fragment2, int width);
/// Decode an Intel/DVI ADPCM coded fragment to a linear fragment.
KRT_FUNCTION(audioop, "adpcm2lin(fragment, width, state, /)", KRT_RUNS_PY)
Value krt_audioop_adpcm2lin_py(Value fragment, int width, Value state);
/// Convert sound fragments in a-LAW encoding to linearly encoded sound fragments.
KRT_FUNCTION(audioop, "alaw2lin(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_alaw2lin_py(Value fragment, int width);
/// Return the average over all samples in the fragment.
KRT_FUNCTION(audioop, "avg(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_avg_py(Value fragment, int width);
/// Return the average peak-peak value over all samples in the fragment.
KRT_FUNCTION(audioop, "avgpp(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_avgpp_py(Value fragment, int width);
/// Return a fragment that is the original fragment with a bias added to each sample.
KRT_FUNCTION(audioop, "bias(fragment, width, bias, /)", KRT_RUNS_PY)
Value krt_audioop_bias_py(Value fragment, int width, int bias);
/// Convert big-endian samples to little-endian and vice versa.
KRT_FUNCTION(audioop, "byteswap(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_byteswap_py(Value fragment, int width);
/// Return the number of zero crossings in the fragment passed as an argument.
KRT_FUNCTION(audioop, "cross(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_cross_py(Value fragment, int width);
/// Return a factor F such that rms(add(fragment, mul(reference, -F))) is minimal.
KRT_FUNCTION(audioop, "findfactor(fragment, reference, /)", KRT_RUNS_PY)
Value krt_audioop_findfactor_py(Value fragment, Value reference);
/// Try to match reference as well as possible to a portion of fragment.
KRT_FUNCTION(audioop, "findfit(fragment, reference, /)", KRT_RUNS_PY)
Value krt_audioop_findfit_py(Value fragment, Value reference);
/// Search fragment for a slice of specified number of samples with maximum energy.
KRT_FUNCTION(audioop, "findmax(fragment, length, /)", KRT_RUNS_PY)
Value krt_audioop_findmax_py(Value fragment, int64_t length);
/// Return the value of sample index from the fragment.
KRT_FUNCTION(audioop, "getsample(fragment, width, index, /)", KRT_RUNS_PY)
Value krt_audioop_getsample_py(Value fragment, int width, int64_t index);
/// Convert samples to 4 bit Intel/DVI ADPCM encoding.
KRT_FUNCTION(audioop, "lin2adpcm(fragment, width, state, /)", KRT_RUNS_PY)
Value krt_audioop_lin2adpcm_py(Value fragment, int width, Value state);
/// Convert samples in the audio fragment to a-LAW encoding.
KRT_FUNCTION(audioop, "lin2alaw(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_lin2alaw_py(Value fragment, int width);
/// Convert samples between 1-, 2-, 3- and 4-byte formats.
KRT_FUNCTION(audioop, "lin2lin(fragment, width, newwidth, /)", KRT_RUNS_PY)
Value krt_audioop_lin2lin_py(Value fragment, int width, int newwidth);
/// Convert samples in the audio fragment to u-LAW encoding.
KRT_FUNCTION(audioop, "lin2ulaw(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_lin2ulaw_py(Value fragment, int width);
/// Return the maximum of the absolute value of all samples in a fragment.
KRT_FUNCTION(audioop, "max(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_max_py(Value fragment, int width);
/// Return the maximum peak-peak value in the sound fragment.
KRT_FUNCTION(audioop, "maxpp(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_maxpp_py(Value fragment, int width);
/// Return the minimum and maximum values of all samples in the sound fragment.
KRT_FUNCTION(audioop, "minmax(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_minmax_py(Value fragment, int width);
/// Return a fragment with all samples multiplied by the floating-point value factor.
KRT_FUNCTION(audioop, "mul(fragment, width, factor, /)", KRT_RUNS_PY)
Value krt_audioop_mul_py(Value fragment, int width, double factor);
/// Convert the frame rate of the input fragment.
KRT_FUNCTION(audioop, "ratecv(fragment, width, nchannels, inrate, outrate, state, weightA=1, weightB=0, /)",
             KRT_RUNS_PY)
Value krt_audioop_ratecv_py(Value fragment, int width, int channels, int inRate, int outRate, Value state,
                            int weightA, int weightB);
/// Reverse the samples in a fragment and return the modified fragment.
KRT_FUNCTION(audioop, "reverse(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_reverse_py(Value fragment, int width);
/// Return the root-mean-square of the fragment, i.e. sqrt(sum(S_i^2)/n).
KRT_FUNCTION(audioop, "rms(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_rms_py(Value fragment, int width);
/// Convert a stereo fragment to a mono fragment.
KRT_FUNCTION(audioop, "tomono(fragment, width, lfactor, rfactor, /)", KRT_RUNS_PY)
Value krt_audioop_tomono_py(Value fragment, int width, double left, double right);
/// Generate a stereo fragment from a mono fragment.
KRT_FUNCTION(audioop, "tostereo(fragment, width, lfactor, rfactor, /)", KRT_RUNS_PY)
Value krt_audioop_tostereo_py(Value fragment, int width, double left, double right);
/// Convert sound fragments in u-LAW encoding to linearly encoded sound fragments.
KRT_FUNCTION(audioop, "ulaw2lin(fragment, width, /)", KRT_RUNS_PY)
Value krt_audioop_ulaw2lin_py(Value fragment, int width);
}

} // namespace krait
