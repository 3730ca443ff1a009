"""Writes builder_methods.inc from Instructions.def: one method of Builder for each instruction.

Usage: generate_builder.py Instructions.def builder_methods.inc
Operands become Inst* parameters (a variadic one a vector), immediates come next in their C++ types, then the frame
state if the row needs one (flags R, P, D; or GenericOp, which always has one).
"""
import re
import sys

IMMEDIATES = {
    "int": "int64_t", "float": "double", "bool": "bool", "cell": "uint32_t", "cond": "Cond", "type": "Type",
    "reason": "DeoptReason", "op": "Opcode", "field": "Field", "layout": "Layout", "name": "uint32_t",
    "code": "uint32_t", "native": "NativeCall", "ints": "const std::vector<int64_t> &",
}
KEYWORDS = {"class": "class_", "type": "type", "register": "reg", "operator": "operator_"}


def parameters(text, kind):
    """Pairs (C++ name, kind or type) of one column."""
    pairs = [word.split(":") for word in text.split()]
    return [(KEYWORDS.get(name, name), value) for name, value in pairs]


def method(name, operands, immediates, flags, doc):
    params, operand_args, imm_code = [], [], []
    for cpp, type_text in parameters(operands, "operand"):
        if type_text.endswith("*"):
            params.append(f"const std::vector<Inst *> &{cpp}")
            operand_args.append(f"inst->operands.insert(inst->operands.end(), {cpp}.begin(), {cpp}.end());")
        else:
            params.append(f"Inst *{cpp}")
            operand_args.append(f"inst->operands.push_back({cpp});")
    for cpp, kind in parameters(immediates, "immediate"):
        params.append(f"{IMMEDIATES[kind]} {cpp}".replace("& ", "&"))
        if kind == "ints":
            imm_code.append(f"inst->imms.insert(inst->imms.end(), {cpp}.begin(), {cpp}.end());")
        elif kind == "type":
            imm_code.append(f"inst->imms.push_back(0); inst->typeImm = {cpp};")
        elif kind == "float":
            imm_code.append(f"inst->imms.push_back(std::bit_cast<int64_t>({cpp}));")
        else:
            imm_code.append(f"inst->imms.push_back(int64_t({cpp}));")
    if set(flags) & set("RPD"):
        params.append("FrameState *state")
        imm_code.append("inst->state = state;")
    cpp_name = name[0].lower() + name[1:]
    if cpp_name in ("new", "return"):
        cpp_name += "_"
    body = " ".join([f"Inst *inst = begin(Op::{name});", *operand_args, *imm_code, "return finish(inst);"])
    return f"/// {doc}\nInst *{cpp_name}({', '.join(params)}) {{ {body} }}\n"


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    rows = re.findall(r'^INST\((\w+),\s*"([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)"\)$', text, re.M)
    assert len(rows) == len(re.findall(r"^INST\(", text, re.M)), "a malformed row in Instructions.def"
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for name, operands, immediates, _result, _reads, _writes, flags, doc in rows:
            if name != "Param":
                out.write(method(name, operands, immediates, flags, doc))


main()
