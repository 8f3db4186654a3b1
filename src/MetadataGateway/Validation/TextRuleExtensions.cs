using FluentValidation;

namespace MetadataGateway.Validation;

/// <summary><see cref="TextRules"/> as FluentValidation rules. Absent, null and empty mean the same.</summary>
internal static class TextRuleExtensions
{
    /// <summary>A required workspace or run name.</summary>
    public static void MustBeName<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((name, context) =>
    {
        if (string.IsNullOrEmpty(name))
        {
            context.AddFailure($"'{context.PropertyPath}' is required.");
        }
        else if (TextRules.NameFault(name) is { } fault)
        {
            context.AddFailure(fault);
        }
    });

    /// <summary>A required text.</summary>
    public static void MustBeGiven<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((text, context) =>
    {
        if (string.IsNullOrEmpty(text))
        {
            context.AddFailure($"'{context.PropertyPath}' is required.");
        }
        else if (TextRules.TextFault(text) is { } fault)
        {
            context.AddFailure(fault);
        }
    });

    /// <summary>An optional text.</summary>
    public static void MustBeStorable<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((text, context) =>
    {
        if (!string.IsNullOrEmpty(text) && TextRules.TextFault(text) is { } fault)
        {
            context.AddFailure(fault);
        }
    });

    /// <summary>An optional external id, type name or type version.</summary>
    public static void MustBeKey<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((text, context) =>
    {
        if (!string.IsNullOrEmpty(text) && TextRules.KeyFault(text) is { } fault)
        {
            context.AddFailure(fault);
        }
    });

    /// <summary>An optional value out of a fixed set.</summary>
    public static void MustBeOneOf<T>(this IRuleBuilderInitial<T, string?> rule, IReadOnlyCollection<string> values) => rule.Custom((text, context) =>
    {
        if (!string.IsNullOrEmpty(text) && !values.Contains(text))
        {
            context.AddFailure($"must be one of {string.Join(", ", values)}.");
        }
    });

    /// <summary>An optional record id in decimal.</summary>
    public static void MustBeId<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((text, context) =>
    {
        if (!string.IsNullOrEmpty(text) && !Http.ResourceId.TryParse(text, out _))
        {
            context.AddFailure("must be a decimal id in a string, such as \"42\".");
        }
    });
}
