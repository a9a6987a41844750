using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Interop;

/// <summary>The files that a unit reads.</summary>
internal static unsafe class Inclusions
{
    /// <summary>libclang's handles, each once; those inside a precompiled header are not among them.</summary>
    public static IEnumerable<nint> Of(nint unit)
    {
        var list = new List<nint>();
        var handle = GCHandle.Alloc(list);
        clang.getInclusions(unit, &Collect, (void*)GCHandle.ToIntPtr(handle));
        handle.Free();
        return list.Distinct();
    }

    [UnmanagedCallersOnly]
    private static void Collect(nint file, CXSourceLocation* stack, uint depth, void* data) =>
        ((List<nint>)GCHandle.FromIntPtr((nint)data).Target!).Add(file);
}
