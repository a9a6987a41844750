using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A timer, work queue or task work that is not the one of a map's value, or is given another map than its own.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, process_timer_func, process_wq_func, check_kfunc_args.</remarks>
internal static class KF0805WrongMap
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0805", "wrong-map", "An object and its map do not belong together", "arg-map-mismatch", "timer-wq-field", "arg-not-map", "ptr-arith");

    public static bool IsNotMapField(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        var kind = parameter.Class == KfuncArgClass.Workqueue ? BtfFieldKind.Workqueue : BtfFieldKind.TaskWork;
        if (argument.Type == RegType.PtrToMapValue && !argument.MayBeNull) return IsOtherPlace(place, argument, kind, parameter.Index);
        if (argument.Type == RegType.PtrToPacket || !argument.IsPointer) return false;
        place.Report(Rule, argument.MayBeNull ? $"`{parameter.Name}` may be NULL here; check what it is a field of" : $"`{parameter.Name}` must be a field of a map's value", "timer-wq-field",
            site.Kernel("timer-wq-field", "doesn't point to a map value", site.ArgumentName(parameter.Index)));
        return true;
    }

    /// <summary>Whether a kfunc's map argument is no map, or not the map that its object lies in.</summary>
    public static bool IsOtherMap(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.Type is RegType.PtrToStack or RegType.PtrToCtx)
        {
            place.Report(Rule, $"`{parameter.Name}` is not a map", "arg-not-map", site.Kernel("arg-not-map", null, site.RegisterName(parameter.Index)));
            return true;
        }

        // The object stands before its map.
        var kind = parameter.Index == 0 ? KfuncArgClass.Ignored : meta.Kfunc.Parameters[parameter.Index - 1].Class;
        if (kind is not (KfuncArgClass.Workqueue or KfuncArgClass.TaskWork)) return false;
        if (!ComparesAnyMap(site) && !HoldsWork(site, argument)) return false;
        return IsOtherMap(place, meta.Arguments[parameter.Index - 1], argument, kind == KfuncArgClass.TaskWork ? "bpf_task_work" : "workqueue");
    }

    /// <summary>Older kernels compare the maps only where the one that is passed has such a field itself.</summary>
    private static bool ComparesAnyMap(Site site) => site.Kernel("arg-map-mismatch", "pointer in %s").Length > 0;

    private static bool HoldsWork(Site site, RegState argument) =>
        argument.Map?.Value is StructType value && site.Program.Unit.Records.OfStruct(value.Name) is { } record
        && (record.First(BtfFieldKind.Workqueue) ?? record.First(BtfFieldKind.TaskWork)) is not null;

    /// <summary>A place inside a map itself, which is no memory of the program's.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, adjust_ptr_min_max_vals.</remarks>
    public static bool IsMoved(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (argument.Type != RegType.ConstPtrToMap || argument.MayBeNull || (argument.Offset == 0 && !argument.IsSurelyVariable)) return false;
        var place = site.At(meta.SpanOf(parameter.Index));
        place.Report(Rule, "nothing can be added to the address of a map", "ptr-arith", place.Kernel("ptr-arith", "pointer arithmetic on", parameter.Index + 1, "map_ptr"));
        return true;
    }

    /// <summary>The same for a helper that takes a timer.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, string helper, RegState[] arguments)
    {
        if (helper is not ("bpf_timer_init" or "bpf_timer_set_callback" or "bpf_timer_start" or "bpf_timer_cancel") || arguments is not [{ Type: RegType.PtrToMapValue } timer, ..]) return false;
        if (IsOtherPlace(site.At(call.ArgumentSpans[0]), timer, BtfFieldKind.Timer, 0)) return true;
        return helper == "bpf_timer_init" && arguments.Length > 1 && IsOtherMap(site.At(call.ArgumentSpans[1]), timer, arguments[1], "timer");
    }

    private static bool IsOtherMap(Site place, RegState owned, RegState argument, string what)
    {
        if (argument is not { Type: RegType.ConstPtrToMap, Map: { } map } || owned is not { Type: RegType.PtrToMapValue, Map: { } owner } || map.Name == owner.Name) return false;
        var kernel = place.Traits.ArgumentsAreRegisters && place.Kernel("arg-map-mismatch", "pointer in %s") is { Length: > 0 } newer ? newer : place.Kernel("arg-map-mismatch", what + " pointer", what, "R1", 0);
        place.Report(Rule, $"this is `{map.Name}`, but the object lies in `{owner.Name}`", "arg-map-mismatch", kernel);
        return true;
    }

    /// <summary>Whether a field of this kind lies elsewhere in the map's value, or nowhere.</summary>
    private static bool IsOtherPlace(Site place, RegState argument, BtfFieldKind kind, int index)
    {
        if (argument.Map is not { } map) return false;
        var name = BtfField.NameOf(kind);
        if (RefusedTypes.Of(place, argument) is var (why, isWithoutTypes))
        {
            place.Report(Rule, why, "timer-wq-field", isWithoutTypes ? Kernel(place, "has to have BTF", name, map.Name, name) : Kernel(place, "has no valid", name, map.Name, name));
            return true;
        }

        if (place.Program.Unit.Records.Of(argument) is not { } record) return false;
        if (argument.HasVariableOffset)
        {
            // Older kernels ask this of timers only; of work queues they look at the constant part.
            var ofTimers = place.Kernel("timer-wq-field", "bpf_timer has to be at the constant offset", place.RegisterName(index));
            if (!argument.IsSurelyVariable || (ofTimers.Length > 0 && kind != BtfFieldKind.Timer)) return false;
            place.Report(Rule, $"the `struct {name}` must lie at a constant offset", "timer-wq-field",
                ofTimers.Length > 0 ? ofTimers : place.Kernel("graph-root-arg", "constant offset", place.RegisterName(index), name));
            return true;
        }

        if (record.At(argument.Offset, kind) is not null) return false;
        if (record.First(kind) is { } field)
            place.Report(Rule, $"the `struct {name}` lies {field.Offset} bytes from the value's start, not {argument.Offset}", "timer-wq-field",
                Kernel(place, "doesn't point to", name, argument.Offset, name, field.Offset));
        else
            place.Report(Rule, $"there is no `struct {name}` in the values of `{map.Name}`", "timer-wq-field", Kernel(place, "has no valid", name, map.Name, name));
        return true;
    }

    /// <summary>The kernel's words: older ones have the field's name in the text, newer ones take it.</summary>
    private static string Kernel(Site place, string containing, string name, params object?[] arguments)
    {
        foreach (var format in place.Model.Messages.Formats("timer-wq-field"))
            if (format.Contains(containing, StringComparison.Ordinal) && format.Contains(name, StringComparison.Ordinal))
                return place.Kernel("timer-wq-field", format, [.. arguments.Where(a => !Equals(a, name))]);
        return place.Kernel("timer-wq-field", containing, arguments);
    }
}
