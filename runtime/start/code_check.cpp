// code_check.cpp - see code_check.h.
#include "runtime/start/code_check.h"

#include "compiler/frontend/verify_code.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/str.h"

namespace krait {

namespace {

/// As much of a constant as the verifier looks at: is it code, or a tuple of names?
Constant outline(Value value) {
  if (isExact(value, krt_code_class))
    return Constant::ofKind(ConstKind::Code);
  if (strCheck(value))
    return Constant::ofStr(std::string());
  if (!isExact(value, krt_tuple_class))
    return Constant::none();
  std::vector<Constant> items;
  auto *tuple = value.as<Tuple>();
  for (int64_t i = 0; i < tuple->length; ++i)
    items.push_back(strCheck(tuple->items[i]) ? Constant::ofStr(std::string()) : Constant::none());
  return Constant::ofTuple(std::move(items));
}

std::vector<std::string> texts(const Tuple *names) {
  std::vector<std::string> result;
  for (int64_t i = 0; i < names->length; ++i)
    result.emplace_back(strView(names->items[i].as<Str>()));
  return result;
}

/// One entry that covers all units and says nothing.
std::string noPositions(uint32_t units) {
  std::string table;
  uint32_t head = units << 2;
  for (; head >= 0x80; head >>= 7)
    table += static_cast<char>(head | 0x80);
  return table + static_cast<char>(head);
}

} // namespace

std::string verifyCodeObject(const Code *code) {
  CodeUnit unit;
  unit.units.assign(code->units, code->units + code->unitCount);
  for (uint32_t i = 0; i < code->constCount; ++i)
    unit.consts.push_back(outline(code->consts[i]));
  unit.names.resize(code->nameCount);
  unit.varnames = texts(code->varnames);
  unit.cellvars = texts(code->cellvars);
  unit.freevars = texts(code->freevars);
  unit.cellRegs.assign(code->cellRegs, code->cellRegs + code->cellvars->length);
  unit.handlers.assign(code->ranges, code->ranges + code->rangeCount);
  unit.positions = noPositions(code->unitCount);
  unit.name = unit.qualname = strView(code->name);
  unit.filename = strView(code->filename);
  unit.argcount = code->argCount;
  unit.posonlyargcount = code->posOnlyCount;
  unit.kwonlyargcount = code->kwOnlyCount;
  unit.flags = code->flags;
  unit.firstLine = code->firstLine;
  unit.nregs = code->registerCount;
  unit.nsites = code->siteCount;
  return verifyCode(unit, false);
}

} // namespace krait
