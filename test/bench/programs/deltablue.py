# group: object; quick: 200
# An incremental solver for one-way constraints with strengths (the method known as DeltaBlue, written afresh): chains of
# equalities and scaled projections, edited and re-planned.
import sys

REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAK_DEFAULT, WEAKEST = range(7)
NONE, FORWARD, BACKWARD = 0, 1, -1


class Variable:
    def __init__(self, value):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk_strength = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, planner, strength):
        self.planner = planner
        self.strength = strength

    def add(self):
        for variable in self.variables():
            variable.constraints.append(self)
        self.clear()
        self.planner.incremental_add(self)

    def destroy(self):
        for variable in self.variables():
            variable.constraints.remove(self)
        if self.is_satisfied():
            self.planner.incremental_remove(self)

    def is_input(self):
        return False

    def satisfy(self, mark):
        """Chooses a method; answers with the constraint that it pushed aside, if any."""
        self.choose(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint cannot be kept")
            return None
        for variable in self.inputs():
            variable.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.clear()
        out.determined_by = self
        self.planner.propagate_from(self, mark)
        out.mark = mark
        return overridden

    def inputs_known(self, mark):
        for variable in self.inputs():
            if not (variable.mark == mark or variable.stay or variable.determined_by is None):
                return False
        return True


class Unary(Constraint):
    def __init__(self, planner, variable, strength):
        super().__init__(planner, strength)
        self.out = variable
        self.satisfied = False
        self.add()

    def variables(self):
        return [self.out]

    def inputs(self):
        return []

    def output(self):
        return self.out

    def is_satisfied(self):
        return self.satisfied

    def clear(self):
        self.satisfied = False

    def choose(self, mark):
        self.satisfied = self.out.mark != mark and self.strength < self.out.walk_strength

    def recalculate(self):
        self.out.walk_strength = self.strength
        self.out.stay = not self.is_input()
        if self.out.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    def is_input(self):
        return True


class Binary(Constraint):
    def __init__(self, planner, first, second, strength):
        super().__init__(planner, strength)
        self.first = first
        self.second = second
        self.direction = NONE
        self.add()

    def variables(self):
        return [self.first, self.second]

    def is_satisfied(self):
        return self.direction != NONE

    def clear(self):
        self.direction = NONE

    def choose(self, mark):
        first, second = self.first, self.second
        if first.mark == mark:
            usable = second.mark != mark and self.strength < second.walk_strength
            self.direction = FORWARD if usable else NONE
        elif second.mark == mark:
            self.direction = BACKWARD if self.strength < first.walk_strength else NONE
        elif first.walk_strength > second.walk_strength:
            self.direction = BACKWARD if self.strength < first.walk_strength else NONE
        else:
            self.direction = FORWARD if self.strength < second.walk_strength else NONE

    def inputs(self):
        return [self.first if self.direction == FORWARD else self.second]

    def output(self):
        return self.second if self.direction == FORWARD else self.first

    def recalculate(self):
        source, out = self.inputs()[0], self.output()
        out.walk_strength = max(self.strength, source.walk_strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equality(Binary):
    def execute(self):
        self.output().value = self.inputs()[0].value


class Scale(Binary):
    def __init__(self, planner, source, factor, offset, target, strength):
        self.factor = factor
        self.offset = offset
        super().__init__(planner, source, target, strength)

    def variables(self):
        return [self.first, self.second, self.factor, self.offset]

    def inputs(self):
        moving = self.first if self.direction == FORWARD else self.second
        return [moving, self.factor, self.offset]

    def execute(self):
        if self.direction == FORWARD:
            self.second.value = self.first.value * self.factor.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.factor.value

    def recalculate(self):
        source, out = self.inputs()[0], self.output()
        out.walk_strength = max(self.strength, source.walk_strength)
        out.stay = source.stay and self.factor.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.current_mark = 0

    def new_mark(self):
        self.current_mark += 1
        return self.current_mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark)
        while overridden is not None:
            overridden = overridden.satisfy(mark)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.clear()
        out.determined_by = None
        out.walk_strength = WEAKEST
        out.stay = True
        unsatisfied = self.remove_from(out)
        for strength in range(WEAKEST + 1):
            for candidate in unsatisfied:
                if candidate.strength == strength:
                    self.incremental_add(candidate)

    def remove_from(self, start):
        unsatisfied = []
        todo = [start]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.is_satisfied():
                    if constraint not in unsatisfied:
                        unsatisfied.append(constraint)
            for constraint in self.consumers(variable):
                constraint.recalculate()
                todo.append(constraint.output())
        return unsatisfied

    def consumers(self, variable):
        return [c for c in variable.constraints if c is not variable.determined_by and c.is_satisfied()]

    def propagate_from(self, constraint, mark):
        todo = [constraint]
        while todo:
            step = todo.pop()
            if step.output().mark == mark:
                raise RuntimeError("the constraints form a cycle")
            step.recalculate()
            todo.extend(self.consumers(step.output()))

    def plan(self, sources):
        mark = self.new_mark()
        plan = []
        todo = [c for c in sources if c.is_input() and c.is_satisfied()]
        while todo:
            constraint = todo.pop()
            out = constraint.output()
            if out.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                out.mark = mark
                todo.extend(self.consumers(out))
        return plan

    def change(self, variable, value):
        edit = Edit(self, variable, PREFERRED)
        plan = self.plan([edit])
        for _ in range(10):
            variable.value = value
            for constraint in plan:
                constraint.execute()
        edit.destroy()


def chain(length):
    planner = Planner()
    variables = [Variable(0) for _ in range(length + 1)]
    for a, b in zip(variables, variables[1:]):
        Equality(planner, a, b, REQUIRED)
    Stay(planner, variables[-1], STRONG_DEFAULT)
    edit = Edit(planner, variables[0], PREFERRED)
    plan = planner.plan([edit])
    for value in range(100):
        variables[0].value = value
        for constraint in plan:
            constraint.execute()
        if variables[-1].value != value:
            raise RuntimeError("the chain is broken")
    edit.destroy()
    return variables[-1].value


def projection(length):
    planner = Planner()
    factor, offset = Variable(10), Variable(1000)
    sources, targets = [], []
    for i in range(length):
        source, target = Variable(i), Variable(i)
        sources.append(source)
        targets.append(target)
        Stay(planner, source, NORMAL)
        Scale(planner, source, factor, offset, target, REQUIRED)
    planner.change(sources[-1], 17)
    first = targets[-1].value
    planner.change(targets[-1], 1050)
    second = sources[-1].value
    planner.change(factor, 5)
    third = sum(target.value for target in targets[:-1])
    planner.change(offset, 2000)
    return first, second, third, sum(target.value for target in targets[:-1])


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 18000
    for _ in range(2):
        print(chain(size), projection(size))


main()
