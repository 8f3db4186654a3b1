using System.ComponentModel;
using FluentValidation;
using MetadataGateway.Artifacts;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;

namespace MetadataGateway.Executions;

/// <summary>
/// An input or output: a reference (<c>artifactId</c>), a search (<c>match</c>), or an artifact to record (its fields, <c>kind</c> among them);
/// with each the name of the input or output.
/// </summary>
internal sealed record LinkRequest : ArtifactRequest
{
    [Description("A reference: id of a stored artifact.")]
    public string? ArtifactId { get; init; }

    [Description("A search: the newest artifact of the workspace with these values is taken.")]
    public MatchRequest? Match { get; init; }

    [Description("Name of the input or output.")]
    public string? Key { get; init; }
}

/// <summary>Any of the fields, with at least name or uri.</summary>
internal sealed record MatchRequest
{
    [OneOf("ArtifactKind", "dataset", "model", "metrics", "artifact")]
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Uri { get; init; }
}

internal sealed class LinkValidator : AbstractValidator<LinkRequest>
{
    public LinkValidator()
    {
        RuleFor(link => link.Key).MustBeStorable();
        When(link => !string.IsNullOrEmpty(link.ArtifactId), () =>
        {
            RuleFor(link => link.ArtifactId).MustBeId();
            RuleFor(link => link).Custom((link, context) => RefuseArtifact(link, context, "artifactId"));
        }).Otherwise(() => When(link => link.Match is not null, () =>
        {
            RuleFor(link => link.Match!).SetValidator(new MatchValidator());
            RuleFor(link => link).Custom((link, context) => RefuseArtifact(link, context, "match"));
        }).Otherwise(() => RuleFor(link => link).Custom((link, context) =>
        {
            if (string.IsNullOrEmpty(link.Kind))
            {
                context.AddFailure("kind", "A link is a reference ('artifactId'), a search ('match') or an artifact to record ('kind' and its fields).");
            }
        })));
        When(link => string.IsNullOrEmpty(link.ArtifactId) && link.Match is null && !string.IsNullOrEmpty(link.Kind), () => Include(new ArtifactValidator(null)));
    }

    private static void RefuseArtifact(LinkRequest link, ValidationContext<LinkRequest> context, string chosen)
    {
        var others = link.GivenFields().ToList();
        if (!string.IsNullOrEmpty(link.Kind))
        {
            others.Add("kind");
        }

        if (chosen == "artifactId" && link.Match is not null)
        {
            others.Add("match");
        }

        foreach (var field in others)
        {
            context.AddFailure(field, $"'{field}' cannot be given together with '{chosen}'.");
        }
    }
}

internal sealed class MatchValidator : AbstractValidator<MatchRequest>
{
    public MatchValidator()
    {
        RuleFor(match => match.Name).MustBeStorable();
        RuleFor(match => match.Version).MustBeStorable();
        RuleFor(match => match.Uri).MustBeStorable();
        RuleFor(match => match.Kind).MustBeOneOf([.. ArtifactKindNames.All]);
        RuleFor(match => match).Custom((match, context) =>
        {
            if (string.IsNullOrEmpty(match.Name) && string.IsNullOrEmpty(match.Uri))
            {
                context.AddFailure("name", "A match needs at least 'name' or 'uri'.");
            }
        });
    }
}
