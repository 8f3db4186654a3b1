using Xunit.Abstractions;
using Xunit.Sdk;

namespace MetadataGateway.StoreContract.Tests.Skipping;

/// <summary>A test case that reports a <see cref="TestSkippedException"/> as a skipped test.</summary>
public sealed class SkippableTestCase : XunitTestCase
{
    /// <summary>For xunit, which restores test cases from their serialised form.</summary>
    [Obsolete("Called by the deserialiser.")]
    public SkippableTestCase()
    {
    }

    /// <summary>Creates the case of one data row.</summary>
    public SkippableTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod testMethod,
        object[] arguments)
        : base(diagnosticMessageSink, display, displayOptions, testMethod, arguments)
    {
    }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        using var bus = new SkipReports(messageBus);
        var summary = await base.RunAsync(diagnosticMessageSink, bus, constructorArguments, aggregator, cancellationTokenSource);
        summary.Failed -= bus.Skipped;
        summary.Skipped += bus.Skipped;
        return summary;
    }

    private sealed class SkipReports(IMessageBus inner) : IMessageBus
    {
        public int Skipped { get; private set; }

        public bool QueueMessage(IMessageSinkMessage message)
        {
            if (message is not ITestFailed failed || failed.ExceptionTypes[0] != typeof(TestSkippedException).FullName)
                return inner.QueueMessage(message);
            Skipped++;
            return inner.QueueMessage(new TestSkipped(failed.Test, failed.Messages[0]));
        }

        // The bus belongs to the runner.
        public void Dispose()
        {
        }
    }
}
