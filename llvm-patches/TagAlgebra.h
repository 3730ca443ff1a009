// The encodings of values as LLVM IR: which instructions make a tagged word, take one apart, or test one.
//
//   int    enc(x) = (x << 1) | 1, x of 63 bits       dec(w) = w >> 1 (arithmetic)      test: w & 1
//   float  rot(d) = rotl(bits(d) + 2^60, 3)           unrot(w) = bits^-1(rotr(w, 3) - 2^60)   test: (w & 3)
//   == 2
//          enc(d) = rot(d) if its low two bits are 10, else what box(d) returns: one of the words of the two
//          zeros, or a pointer to a box whose double stands at offset 8
//
// runtime/abi/value.h is where this is decided; the pass only reads IR. Algebra used everywhere:
//   dec(enc(x)) = x;   enc(dec(w)) = w if w is odd;   unrot(rot(d)) = d and rot(unrot(w)) = w always.
#pragma once

#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"

#include <optional>

namespace krait {

enum class Tag : uint8_t { Int, Float };

/// The function that words a double that has no immediate form. Removable when its result is not used.
inline constexpr const char *kFloatBoxFunction = "krt_float_box_slow";

inline constexpr uint64_t kFloatBias = uint64_t(1) << 60;
inline constexpr uint64_t kPositiveZeroWord = 0x24;
inline constexpr uint64_t kNegativeZeroWord = 0x2c;
inline constexpr uint64_t kBoxedDoubleOffset = 8;

/// [value] = enc([raw]) of an int: shift without overflow, then the tag.
bool matchIntEncode(llvm::Value *value, llvm::Value *&raw, const llvm::DataLayout &layout);
/// [value] = dec([word]).
bool matchIntDecode(llvm::Value *value, llvm::Value *&word);
/// [value] = rot([raw]).
bool matchFloatRotate(llvm::Value *value, llvm::Value *&raw);
/// [value] = unrot([word]).
bool matchFloatUnrotate(llvm::Value *value, llvm::Value *&word);
/// [value] = box([raw]).
bool matchFloatBox(llvm::Value *value, llvm::Value *&raw);
/// [value] is the double in the box that [word] points to.
bool matchFloatUnbox(llvm::Value *value, llvm::Value *&word);
/// [value] = 0.0 or -0.0, whichever [word] is, if it is one of them.
bool matchFloatZero(llvm::Value *value, llvm::Value *&word);

/// The number that the constant [word] encodes, or null.
llvm::Constant *decodeConstant(Tag tag, llvm::ConstantInt *word);

/// True for a call that is dead when nobody uses its result, although LLVM cannot know it.
bool isRemovableCall(const llvm::Instruction &instruction);

} // namespace krait
