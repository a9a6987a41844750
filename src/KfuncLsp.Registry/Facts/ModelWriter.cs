using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace KfuncLsp.Registry.Facts;

/// <summary>A model in the compact form that is shipped: a hash, a table of texts, then numbers. <see cref="ModelReader"/> reads it.</summary>
/// <remarks>Dictionaries are written in ordinal order of their keys, so that equal models give equal bytes.</remarks>
public sealed class ModelWriter
{
    internal const int Format = 8;

    private readonly MemoryStream body = new();
    private readonly BinaryWriter output;
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);

    private ModelWriter() => output = new(body);

    public static byte[] Write(KernelModel model)
    {
        var writer = new ModelWriter();
        writer.Model(model);
        var file = new MemoryStream();
        using var header = new BinaryWriter(file);
        header.Write(Format);
        var content = writer.Content();
        header.Write(Convert.ToHexStringLower(XxHash128.Hash(content))[..16]);
        header.Write(content);
        header.Flush();
        return file.ToArray();
    }

    private byte[] Content()
    {
        output.Flush();
        var all = new MemoryStream();
        using var writer = new BinaryWriter(all);
        writer.Write(texts.Count);
        foreach (var text in texts.OrderBy(t => t.Value)) writer.Write(text.Key);
        writer.Write(body.ToArray());
        writer.Flush();
        return all.ToArray();
    }

    private void Model(KernelModel model)
    {
        Version(model.Version);
        Text(model.Release);
        Number(model.HasCommonHook ? 1 : 0);
        List(model.Kfuncs.Values.OrderBy(k => k.Name, StringComparer.Ordinal), Kfunc);
        Traits(model.Traits);
        List(model.Messages.Conditions.Order(StringComparer.Ordinal), c => { Text(c); List(model.Messages.Formats(c), Text); });
        List(model.Hooks.OrderBy(h => h.Key), h => { output.Write((byte)h.Key); output.Write((byte)h.Value); });
        List(model.Sections.Rules, s => { Text(s.Pattern); output.Write((byte)s.Type); Text(s.AttachType); output.Write(s.IsSleepable); output.Write(s.NeedsTarget); });
        List(model.SafeFields.All.OrderBy(f => f.Key.Struct, StringComparer.Ordinal).ThenBy(f => f.Key.Field, StringComparer.Ordinal), f => { Text(f.Key.Struct); Text(f.Key.Field); output.Write((byte)f.Value); });
        List(model.TracepointArguments.OrderBy(t => t.Key, StringComparer.Ordinal), t => { Text(t.Key); List(t.Value, a => output.Write((byte)a)); });
        Set(model.Lsm.Untrusted);
        Set(model.Lsm.Sleepable);
        Set(model.Lsm.Disabled);
        Set(model.Lsm.Boolean);
        Set(model.Lsm.Void);
        List(model.Helpers.Values.OrderBy(h => h.Id), Helper);
        List(model.KptrTypes.Values.OrderBy(k => k.Struct, StringComparer.Ordinal), k => { Text(k.Struct); Optional(k.Destructor); output.Write(k.IsRcuProtected); });
        List(model.StructOps.Values.OrderBy(s => s.Name, StringComparer.Ordinal), StructOps);
        List(model.IterContexts.OrderBy(i => i.Key, StringComparer.Ordinal), i => { Text(i.Key); List(i.Value, f => { Text(f.Name); Text(f.Struct); output.Write(f.IsTrusted); output.Write(f.MayBeNull); }); });
        Set(model.Declarations.Suffixes);
        Set(model.Declarations.CallbackTypes);
        Set(model.Declarations.HiddenTypes);
        List(model.Declarations.FlagBits.OrderBy(b => b.Key), b => { Number(b.Key); output.Write((uint)b.Value); });
        output.Write(model.Package is not null);
        if (model.Package is { } package) { Text(package.Name); Text(package.Version); Text(package.Sha256); }
        List(model.Contexts.OrderBy(c => c.Key), c => { output.Write((byte)c.Key); Text(c.Value.BpfName); Text(c.Value.KernelName); });
        List(model.Beginnings.OrderBy(b => b.Key, StringComparer.Ordinal), b => { Text(b.Key); List(b.Value, Text); });
        Set(model.RcuNames);
    }

    private void Kfunc(KfuncSignature kfunc)
    {
        Text(kfunc.Name);
        output.Write((uint)kfunc.Flags);
        Type(kfunc.Return.Type);
        List(kfunc.Parameters, Parameter);
        List(kfunc.ImplicitParameters, Parameter);
        List(kfunc.Hooks.OrderBy(h => h.Key), h => { output.Write((byte)h.Key); output.Write((uint)h.Value); });
        List(kfunc.Filters, Filter);
        List(kfunc.Sets, Text);
        output.Write(kfunc.IsTest);
        List(kfunc.Config, Text);
        output.Write(kfunc.MayBeInModule);
        output.Write(kfunc.Deprecated is not null);
        if (kfunc.Deprecated is { } advice) { Optional(advice.Replacement); Text(advice.Reason); Text(advice.Source); }
        Version(kfunc.Since);
        Version(kfunc.Until);
        Text(kfunc.Source);
    }

    private void Parameter(KfuncParameter parameter)
    {
        Number(parameter.Index);
        Text(parameter.Name);
        Type(parameter.Type);
        output.Write((byte)parameter.Class);
        output.Write((byte)((parameter.IsNullable ? 1 : 0) | (parameter.IsUninit ? 2 : 0) | (parameter.AllowsNonOwning ? 4 : 0)));
        Number(parameter.SizeParameter ?? -1);
        List(parameter.Suffixes, Text);
        output.Write((byte)(parameter.PointeeIsScalarOnly switch { null => 0, false => 1, true => 2 }));
        output.Write7BitEncodedInt64(parameter.PointeeSize);
    }

    private void Type(KfuncType type)
    {
        Text(type.Text);
        output.Write((byte)type.Kind);
        output.Write((byte)type.Bits);
        output.Write(type.IsSigned);
        Optional(type.PointeeStruct);
        output.Write((byte)type.Pointee);
    }

    private void Filter(KfuncFilter filter)
    {
        Text(filter.Name);
        output.Write((byte)filter.Hook);
        List(filter.Rule.ProgramTypes, t => output.Write((byte)t));
        List(filter.Rule.AttachTypes, Text);
        List(filter.Rule.StructOpsMembers, Text);
        List(filter.Rule.ExcludedTargets, Text);
        output.Write(filter.Rule.IsExact);
    }

    private void Helper(HelperSignature helper)
    {
        Number(helper.Id);
        Text(helper.Name);
        List(helper.Arguments, Text);
        Text(helper.Return);
        List(helper.BtfTypes.OrderBy(b => b.Key), b => { Number(b.Key); Text(b.Value); });
        output.Write(helper.DiffersByProgramType);
        output.Write(helper.MightSleep);
        output.Write(helper.GplOnly);
    }

    private void StructOps(StructOpsType type)
    {
        Text(type.Name);
        Set(type.SleepableMembers);
        List(type.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal), m => { Text(m.Key); List(m.Value.OrderBy(a => a.Key), a => { Number(a.Key); Text(a.Value); }); });
    }

    private void Traits(VerifierTraits traits)
    {
        foreach (var flag in TraitBits.Of(traits)) output.Write(flag);
        output.Write((byte)(traits.BtfHasTypeTags switch { null => 0, false => 1, true => 2 }));
        Set(traits.HelpersUnderLock);
        Set(traits.KfuncsUnderLock);
    }

    private void Set(IReadOnlySet<string> names) => List(names.Order(StringComparer.Ordinal), Text);

    private void Version(KernelVersion? version)
    {
        Number(version?.Major ?? -1);
        if (version is { } known) { Number(known.Minor); Number(known.Patch ?? -1); }
    }

    private void Optional(string? text)
    {
        output.Write(text is not null);
        if (text is not null) Text(text);
    }

    private void Text(string text)
    {
        if (!texts.TryGetValue(text, out var index)) texts[text] = index = texts.Count;
        output.Write7BitEncodedInt(index);
    }

    private void Number(int number) => output.Write7BitEncodedInt(number);

    private void List<T>(IEnumerable<T> items, Action<T> write)
    {
        var all = items.ToImmutableArray();
        output.Write7BitEncodedInt(all.Length);
        foreach (var item in all) write(item);
    }
}
