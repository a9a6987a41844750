using System.Collections.Immutable;
using System.Reflection;
using KfuncLsp.Ir;

namespace KfuncLsp.Tests.Ir.Codec;

/// <summary>Makes arbitrary values of every IR type from the types themselves, so that a member added to the IR is covered the day it is added.</summary>
internal sealed class IrGenerator(int seed)
{
    private static readonly Type[] s_all = [.. typeof(UnitIr).Assembly.GetTypes().Where(t => t.IsPublic && t is { IsAbstract: false })];
    private static readonly string[] s_words = ["", "task", "bpf_task_release", "____leak", "naïve ∀ \U0001F600", "a\0b", "/usr/include/vmlinux.h", new string('x', 300)];
    private static readonly long[] s_edges = [0, 1, -1, 63, 64, -64, 8191, 1L << 20, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    private readonly Random _random = new(seed);

    public UnitIr Unit() => (UnitIr)Make(typeof(UnitIr), 0)!;

    private object? Make(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return _random.Next(3) == 0 ? null : Make(underlying, depth);
        if (type == typeof(string)) return s_words[_random.Next(s_words.Length)] + (_random.Next(2) == 0 ? _random.Next(30).ToString() : "");
        if (type == typeof(bool)) return _random.Next(2) == 0;
        if (type == typeof(byte)) return (byte)_random.Next(256);
        if (type == typeof(int)) return (int)Number(int.MinValue, int.MaxValue);
        if (type == typeof(long)) return Number(long.MinValue, long.MaxValue);
        if (type.IsEnum) return Pick(Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)).ToArray());
        if (type.IsGenericType) return Collection(type, depth);
        if (type.IsAbstract) return Make(Pick(Concrete(type, depth)), depth + 1);
        return Construct(type, depth);
    }

    /// <summary>Deep down only types without parts are chosen, so that trees end.</summary>
    private static Type[] Concrete(Type type, int depth)
    {
        var all = s_all.Where(type.IsAssignableFrom).ToArray();
        return type != typeof(CType) || depth < 5 ? all : [typeof(VoidType), typeof(UnknownType), typeof(IntType), typeof(StructType)];
    }

    private object Construct(Type type, int depth)
    {
        if (type == typeof(MapDef) && depth > 4) depth = 100;
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First(c => !IsCopy(c, type));
        var names = constructor.GetParameters().Select(p => p.Name!).ToHashSet(StringComparer.Ordinal);
        var value = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || names.Contains(property.Name)) continue;
            var isOptional = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            if (isOptional && (depth > 50 || _random.Next(3) == 0)) continue;
            property.SetValue(value, Make(property.PropertyType, depth + 1));
        }

        return value;
    }

    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [var only] && only.ParameterType == type;

    private object Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        var count = depth > 6 ? 0 : _random.Next(4);
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableDictionary<,>))
            return Call(nameof(DictionaryOf), arguments[1], Enumerable.Range(0, count).Select(_ => Make(arguments[1], depth + 1)).ToArray());
        var items = Enumerable.Range(0, count).Select(_ => Make(arguments[0], depth + 1)).ToArray();
        return Call(definition == typeof(EquatableArray<>) ? nameof(EquatableOf) : nameof(ArrayOf), arguments[0], items);
    }

    private static object Call(string method, Type item, object?[] items) =>
        typeof(IrGenerator).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [items])!;

    private static ImmutableArray<T> ArrayOf<T>(object?[] items) => [.. items.Cast<T>()];

    private static EquatableArray<T> EquatableOf<T>(object?[] items) => [.. items.Cast<T>()];

    private static ImmutableDictionary<string, T> DictionaryOf<T>(object?[] items) =>
        items.Select((item, i) => (Key: $"key{i}", Value: (T)item!)).ToImmutableDictionary(e => e.Key, e => e.Value);

    private long Number(long low, long high) =>
        _random.Next(3) > 0 ? Math.Clamp(s_edges[_random.Next(s_edges.Length)], low, high) : _random.NextInt64(low, high);

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
