namespace InvoicePayments.Tests;

public sealed class TextRulesTests
{
    [Fact]
    public void NoTextIsFineUnlessItIsRequired()
    {
        Assert.Null(TextRules.Problem(null, "comment", TextLimits.Comment));
        Assert.Null(TextRules.Problem("", "comment", TextLimits.Comment));
        Assert.Equal("The comment is missing.", TextRules.Problem(null, "comment", TextLimits.Comment, required: true));
        Assert.Equal("The comment is missing.", TextRules.Problem(" ", "comment", TextLimits.Comment, required: true));
        Assert.Null(TextRules.Problem("x", "comment", TextLimits.Comment, required: true));
    }

    [Fact]
    public void WhenTheTextIsTooLong_TheProblemSaysByHowMuch()
    {
        Assert.Null(TextRules.Problem(new string('x', 300), "comment", TextLimits.Comment));
        Assert.Equal(
            "The comment has at most 300 characters; this one has 301.",
            TextRules.Problem(new string('x', 301), "comment", TextLimits.Comment));
    }

    [Theory]
    [InlineData("a\u0000", false, true)]
    [InlineData("a\u0000", true, true)]
    [InlineData("a\nb", false, true)]
    [InlineData("a\nb", true, false)]
    [InlineData("a\tb", true, false)]
    [InlineData("a\r\nb", true, false)]
    [InlineData("a\rb", true, true)]
    [InlineData("a\r", true, true)]
    [InlineData("a\u009bb", true, true)]
    public void ControlCharactersAreRefused_LineBreaksOnlyWhereTheyMakeSense(string text, bool multiline, bool isProblem) =>
        Assert.Equal(isProblem, TextRules.Problem(text, "comment", 300, multiline: multiline) is not null);

    [Fact]
    public void HalfACharacterIsRefused()
    {
        // Not inline data: an attribute cannot hold half a surrogate pair.
        string[] halves = ["\ud83d", "\ude00a", "\ude00\ud83d", "\ud83d\ud83d\ude00"];
        Assert.All(halves, text => Assert.NotNull(TextRules.Problem(text, "comment", 300)));
        Assert.Null(TextRules.Problem("\ud83d\ude00", "comment", 300));
    }

    [Fact]
    public void ACardNumberIsRefusedUnlessThePolicyAllowsIt()
    {
        var problem = TextRules.Problem("paid with 4111 1111 1111 1111", "reference", TextLimits.Reference);
        Assert.NotNull(problem);
        Assert.DoesNotContain("4111", problem, StringComparison.Ordinal);
        Assert.Null(TextRules.Problem("paid with 4111 1111 1111 1111", "reference", TextLimits.Reference, allowCardNumbers: true));
    }
}
