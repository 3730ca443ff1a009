// signature.h - the Python signature text of an annotation: parsing, matching with the C++ declaration, and
// the text that `__text_signature__` shows.
#pragma once

#include "compiler/abigen/model.h"

namespace krait::abigen {

/// Parses "append(self, object, /)". Returns an empty string, or what is wrong.
std::string parseSignature(const std::string &text, Signature &out);

/// True if the first parameter of the text is the receiver (methods: `self`; class methods: `cls`).
bool hasReceiver(BindKind kind);

/// Compares a binding with the C++ declaration; empty, or what does not fit.
std::string matchSignature(const Function &function, const Binding &binding);

/// As inspect.signature wants it: "($self, object, /)".
std::string textSignature(const Binding &binding);

/// C++ expression for a default that reaches C++ as a value of the given type; empty: null is passed.
std::string defaultExpression(const std::string &text, const Type &type);

} // namespace krait::abigen
