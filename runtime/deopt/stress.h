// stress.h - KRAIT_STRESS=deopt:all | deopt:N | deopt:seed=S: compiled code leaves on purpose, in any binary and at no cost to it.
// What it looks at anyway is made to send it off: late-bound cells are shown empty, polls of loops find something due, and (not under
// "all", where nothing but entries would be seen) bodies are entered as if they had been given up. Which of them is drawn anew whenever
// code leaves, a poll is answered or a loop is entered. Binaries built with --stress-deopt ask at every guard besides.
#pragma once

namespace krait {

/// Reads KRAIT_STRESS, once, before cells are registered.
void deoptStressStart();
/// Draws what fails from now on. Only where compiled code expects unknown code to run; nothing without stress.
void deoptStressDraw();

} // namespace krait
