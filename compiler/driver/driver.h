// driver.h - verbs of the `krait` command that have a command line of their own.
#pragma once

namespace krait {

/// `krait build`: hands the arguments to lib/krait/krait-compile beside this executable. Returns only on
/// failure.
int buildMain(int argc, char **argv);

} // namespace krait
