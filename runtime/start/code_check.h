// code_check.h - is bytecode that a program put together well formed?
#pragma once

#include "runtime/abi/types.h"

#include <string>

namespace krait {

/// What is wrong with the bytecode of [code] or its tables, by the front end's verifier; or empty. The position table is not looked at.
std::string verifyCodeObject(const Code *code);

} // namespace krait
