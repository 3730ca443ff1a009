// emit.h - the texts that abigen writes.
#pragma once

#include "compiler/abigen/model.h"

namespace krait::abigen {

/// X.bind.inc: entries and NativeDef tables (runtime/abi/native.h).
std::string emitGlue(const Facts &facts);

/// The snapshot form: one line per fact, sorted. It is both what is committed and what the tables are made of.
std::string emitSnapshot(const std::vector<Facts> &all);
/// Reads it back. False, with a report, if it is not a snapshot.
bool parseSnapshot(const std::string &text, const std::string &file, Facts &out, Errors &errors);

/// RuntimeCalls.inc and Layouts.inc for compiler/lower; LayoutChecks.inc, compiled into the runtime.
std::string emitCalls(const Facts &facts);
std::string emitLayouts(const Facts &facts);
std::string emitLayoutChecks(const Facts &facts, const std::vector<std::string> &headers);
/// NATIVE_MODULE(name) rows for the module registry.
std::string emitModules(const Facts &facts);
/// "kind owner name signature" lines, tab-separated, for comparison with CPython; "-" where there is no signature.
std::string emitSignatures(const Facts &facts);
/// 64-bit hash of a snapshot, 16 hex digits.
std::string abiHash(const std::string &snapshot);

} // namespace krait::abigen
