using System.Text.Json;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

public sealed class SignatureHelpTests(EditorProcess editor)
{
    private const string Uri = "file:///w/a.bpf.c";

    [Fact]
    public async Task TheArgumentsRuleIsShown()
    {
        var help = await editor.AskAtAsync("textDocument/signatureHelp", "bpf_iter_num_new(&it, |0, 10)");
        var signature = Assert.Single(help.GetProperty("signatures").EnumerateArray());
        Assert.Equal(1, help.GetProperty("activeParameter").GetInt32());
        Assert.Equal("int start", Label(signature, 1));
        Assert.Equal("the first number", signature.GetProperty("parameters")[1].GetProperty("documentation").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("bpf_task_release(|", "bpf_task_release", 0)]
    [InlineData("bpf_dynptr_slice(p, (a, b)|", "bpf_dynptr_slice", 1)]
    [InlineData("bpf_dynptr_slice(p, f(a, b), g[1, 2], |", "bpf_dynptr_slice", 3)]
    [InlineData("bpf_dynptr_slice(p, \", (\", |", "bpf_dynptr_slice", 2)]
    [InlineData("bpf_dynptr_slice(p, /* , */ |", "bpf_dynptr_slice", 1)]
    [InlineData("x(bpf_task_release(bpf_task_from_pid(|1", "bpf_task_from_pid", 0)]
    [InlineData("x(bpf_task_release(f(|1", null, 0)]
    [InlineData("if (|bpf_task_release", null, 0)]
    [InlineData("bpf_task_release(p); |", null, 0)]
    [InlineData("x->bpf_task_release(|", null, 0)]
    public async Task ItIsFoundInATextThatDoesNotParse(string line, string? name, int argument)
    {
        await using var session = await LspSession.OnSketchesAsync();
        var column = line.IndexOf('|');
        await session.OpenAsync(Uri, "SEC(\"tc\") int p(void) {\n" + line.Remove(column, 1));
        var help = await session.RequestAsync("textDocument/signatureHelp", LspSession.At(Uri, 1, column));
        if (name is null)
        {
            Assert.Equal(JsonValueKind.Null, help.ValueKind);
            return;
        }

        Assert.Contains(name + "(", help.GetProperty("signatures")[0].GetProperty("label").GetString());
        Assert.Equal(argument, help.GetProperty("activeParameter").GetInt32());
    }

    [Fact]
    public async Task ADeclarationIsNoCall()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "extern void bpf_task_release(struct task_struct *p) __ksym;");
        Assert.Equal(JsonValueKind.Null, (await session.RequestAsync("textDocument/signatureHelp", LspSession.At(Uri, 0, 30))).ValueKind);
    }

    private static string Label(JsonElement signature, int parameter)
    {
        var place = signature.GetProperty("parameters")[parameter].GetProperty("label");
        return signature.GetProperty("label").GetString()![place[0].GetInt32()..place[1].GetInt32()];
    }
}
