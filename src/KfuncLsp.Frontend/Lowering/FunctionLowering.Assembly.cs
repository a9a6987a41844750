using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    private void InlineAssembly(Node node)
    {
        var text = _shape.Asm(node);
        var span = SpanOf(node);
        var (outputs, inputs) = (text.Outputs.Length, text.Inputs.Length);
        if (node.Parts.Length < outputs + inputs) throw new NotLoweredException("inline assembly whose operands cannot be told apart");
        if (text.Template.AsSpan().Trim().IsEmpty && text.Labels.Length == 0)
        {
            EmptyAssembly(node, text, span);
            return;
        }
        if (TryBpfAssembly(node, text, span)) return;

        var results = new List<(int Local, Place Place)>();
        var outputConstraints = new List<string>();
        var inputOperands = new List<Operand>();
        var inputConstraints = new List<string>();
        for (var i = 0; i < outputs; i++)
        {
            var place = PlaceOf(node.Parts[i]);
            if (!place.IsRegister && text.Outputs[i].Contains('m'))
            {
                inputOperands.Add(place.Address);
                inputConstraints.Add(text.Outputs[i]);
                continue;
            }
            var local = place.IsRegister ? place.Local : ReadForUpdate(place, text.Outputs[i], span);
            results.Add((local, place));
            outputConstraints.Add(text.Outputs[i]);
        }
        for (var i = 0; i < inputs; i++)
        {
            var part = node.Parts[outputs + i];
            inputOperands.Add(text.Inputs[i].Contains('m') && !text.Inputs[i].Contains('i') ? AddressOf(part) : Rvalue(part));
            inputConstraints.Add(text.Inputs[i]);
        }

        if (text.Labels.Length > 0)
        {
            if (outputs > 0) throw new NotLoweredException("asm goto with outputs");
            var next = _cfg.NewBlock();
            var targets = new List<int> { next };
            foreach (var label in text.Labels)
                targets.Add(LabelBlock(_shape.LabelNear(node, label) ?? throw new NotLoweredException("asm goto to a label that cannot be found")));
            _cfg.End(new AsmGoto(text.Template, [.. inputOperands], [.. targets], span));
            _cfg.SwitchTo(next);
            return;
        }
        _cfg.Emit(new InlineAsm(text.Template, [.. results.Select(r => r.Local)], [.. outputConstraints], [.. inputOperands], [.. inputConstraints],
            text.Clobbers.Contains("memory"), span));
        foreach (var (local, place) in results)
            if (!place.IsRegister) Write(place, Operand.Local(local, place.Type), span);
    }

    /// <summary>Assembly that is not understood makes a naked function's body unknown; in another function it is an instruction of its own.</summary>
    private bool TryBpfAssembly(Node node, PrintedText.Asm text, Span span)
    {
        try
        {
            BpfAssembly(node, text, span);
            return true;
        }
        catch (NotLoweredException) when (!_isNaked)
        {
            return false;
        }
    }

    private int ReadForUpdate(Place place, string constraint, Span span)
    {
        NewTemporary(place.Type, "", span, out var id);
        if (constraint.Contains('+')) _cfg.Emit(new Load(id, place.Address, place.Type, place.Bits, span));
        return id;
    }

    /// <summary>An empty template: <c>+r</c> operands keep their value, a tied output takes its input's, a free one is unknown.</summary>
    private void EmptyAssembly(Node node, PrintedText.Asm text, Span span)
    {
        for (var i = 0; i < text.Outputs.Length; i++)
        {
            if (text.Outputs[i].Contains('+')) continue;
            var place = PlaceOf(node.Parts[i]);
            var tied = text.Inputs.IndexOf(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var value = tied >= 0 ? Convert(Rvalue(node.Parts[text.Outputs.Length + tied]), place.Type, span) : UnknownOf(place.Type, "an output of empty inline assembly", span);
            Write(place, value, span);
        }
        for (var i = 0; i < text.Inputs.Length; i++)
            if (!char.IsAsciiDigit(text.Inputs[i][0])) Discard(node.Parts[text.Outputs.Length + i]);
        if (text.IsVolatile) _cfg.Emit(new InlineAsm("", [], [], [], [], text.Clobbers.Contains("memory"), span));
    }
}
