// _statistics.h - the module _statistics: the inverse of the normal distribution.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_statistics, "Accelerators for the statistics module.\n");

extern "C" {
/// The x for which the normal distribution with the mean mu and the deviation sigma has the cumulative probability p.
KRT_FUNCTION(_statistics, "_normal_dist_inv_cdf(p, mu, sigma, /)", KRT_RAISES)
double krt__statistics_normalDistInvCdf(double p, double mu, double sigma);
}

} // namespace krait
