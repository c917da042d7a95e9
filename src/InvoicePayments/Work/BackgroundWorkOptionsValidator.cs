using Microsoft.Extensions.Options;

namespace InvoicePayments;

/// <summary>Finds what is out of range when the host starts.</summary>
internal sealed class BackgroundWorkOptionsValidator : IValidateOptions<BackgroundWorkOptions>
{
    public ValidateOptionsResult Validate(string? name, BackgroundWorkOptions options)
    {
        string[] problems = [.. options.Problems()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
