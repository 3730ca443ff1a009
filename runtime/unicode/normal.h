// normal.h - decompositions of characters and the normal forms of text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace krait {

struct NormalForm {
  bool composed, compatible;
  bool old = false; // as Unicode 3.2 had it (old.h)
};

/// The decomposition mapping as text: "<tag> 0041 0042", empty if there is none.
std::string unicodeDecomposition(uint32_t c);
/// Brings [text] into the form.
void unicodeNormalize(std::vector<uint32_t> &text, NormalForm form);

} // namespace krait
