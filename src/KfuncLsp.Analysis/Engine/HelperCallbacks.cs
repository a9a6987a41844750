using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Helpers that call back.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, set_loop_callback_state and its like.</remarks>
internal static class HelperCallbacks
{
    public static void Push(PathExplorer explorer, Site site, Call call, string helper, RegState[] arguments)
    {
        switch (helper)
        {
            case "bpf_loop" when arguments is [var count, var function, var context, ..]:
                Precision.Need(site.State, call.Arguments[0]);
                SubprogramTransfer.PushRepeatedCallback(explorer, site, call, function, [RegState.Scalar(new(0, uint.MaxValue)), context], helper, count is { IsScalar: true, Range.Max: > 0 and <= uint.MaxValue and var most } ? most : uint.MaxValue);
                break;
            case "bpf_for_each_map_elem" when arguments is [var map, var function, var context, ..]:
                SubprogramTransfer.PushRepeatedCallback(explorer, site, call, function, [map, RegState.Unknown, ValueOf(site, map), context], helper, long.MaxValue);
                break;
            case "bpf_find_vma" when arguments is [var task, _, var function, var context, ..]:
                var area = new RegState(RegType.PtrToBtfId) { Struct = "vm_area_struct", Flags = TypeFlags.TrustUnknown };
                SubprogramTransfer.PushRepeatedCallback(explorer, site, call, function, [task, area, context], helper, long.MaxValue);
                break;
            case "bpf_user_ringbuf_drain" when arguments is [_, var function, var context, ..]:
                SubprogramTransfer.PushRepeatedCallback(explorer, site, call, function, [new(RegType.ConstPtrToDynptr) { Id = site.Program.NextId() }, context], helper, long.MaxValue);
                break;
            case "bpf_timer_set_callback" when arguments is [var timer, var function, ..]:
                var isSleepable = site.Traits.TimerCallbackInheritsSleepable && site.State.IsSleepable;
                SubprogramTransfer.PushAsyncCallback(explorer, site, call, function, isSleepable, ElementArguments(site, timer), helper);
                break;
        }
    }

    /// <summary>What a timer's or work queue's callback is given: map, key, value.</summary>
    public static IReadOnlyList<RegState> ElementArguments(Site site, RegState field)
    {
        if (field.Map is not { } map) return [];
        var pointer = new RegState(RegType.ConstPtrToMap) { Map = map, Object = map.Name };
        return [pointer, RegState.Unknown, ValueOf(site, pointer)];
    }

    private static RegState ValueOf(Site site, RegState map) =>
        map is not { Type: RegType.ConstPtrToMap, Map: { } definition } ? RegState.Unknown
        : new(RegType.PtrToMapValue) { Map = definition, Object = definition.Name, Struct = (definition.Value as StructType)?.Name ?? "", MemSize = definition.ValueSize, Id = site.Program.NextId() };
}
