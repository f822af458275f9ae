package fr.vigie.batch.jobs;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.RunLock;
import fr.vigie.batch.worker.WorkerLauncher;
import fr.vigie.schema.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a writing command as a Spring Batch job whose executions are kept in PostgreSQL. A job that a crash left unfinished is recovered, which
 * is safe only because the run lock is held, and the same command goes on as a restart of it.
 */
public final class WritingJob {

    private static final String JOB = "vigie";

    private WritingJob() {}

    /** The Spring application of a run; it needs nothing but its data source. */
    @Configuration
    @EnableBatchProcessing
    @EnableJdbcJobRepository(tablePrefix = "batch.BATCH_")
    static class Application {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    /** Does what is ordered, alone on the instance. */
    public static Outcome execute(InstanceHome home, Database database, Path root, Order order, RunListener listener) {
        try (RunLock lock = RunLock.take(database, order.command());
                ConfigurableApplicationContext context = start(database)) {
            return run(context, lock, home, database, root, order, listener);
        }
    }

    private static ConfigurableApplicationContext start(Database database) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> ((org.springframework.context.support.GenericApplicationContext) context)
                        .registerBean("dataSource", DataSource.class, database::pool))
                .run();
    }

    private static Outcome run(
            ConfigurableApplicationContext context,
            RunLock lock,
            InstanceHome home,
            Database database,
            Path root,
            Order order,
            RunListener listener) {
        JobRepository repository = context.getBean(JobRepository.class);
        JobOperator operator = context.getBean(JobOperator.class);
        PlatformTransactionManager transactions = context.getBean(PlatformTransactionManager.class);
        JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
        String master = order.refreshing().map(Order.Refreshing::master).orElse("local[*]");
        LakeMark mark = new LakeMark(home);
        mark.check(jdbc);
        // Nobody else writes while the lock is held: what has no end here was killed.
        jdbc.sql(Resources.text("sql/registre/executions_interrompues.sql")).update();
        long number = jdbc.sql(Resources.text("sql/registre/execution.sql"))
                .param(order.command())
                .query(Long.class)
                .single();
        RunFolder.sweep(home);
        RunFolder folder = RunFolder.fresh(home);
        Chain chain = new Chain(
                home,
                database,
                jdbc,
                new TransactionTemplate(transactions),
                new WorkerLauncher(root, home.root(), master),
                order,
                listener,
                mark,
                root,
                folder.path());
        Job job = new JobBuilder(JOB, repository)
                .start(step("reception", repository, chain::receive))
                .next(step("calcul", repository, chain::compute))
                .next(step("registre", repository, () -> {
                    lock.ensureHeld();
                    mark.write(number);
                    chain.register();
                }))
                .next(step("publication", repository, () -> {
                    lock.ensureHeld();
                    chain.publish();
                }))
                .build();
        JobExecution execution;
        try {
            execution = operator.start(job, parameters(repository, operator, order.command()));
        } catch (org.springframework.batch.core.job.JobExecutionException problem) {
            throw Failure.of("L’exécution n’a pas pu commencer\u202f: relancez la même commande.", problem);
        } catch (TransactionException | DataAccessException gone) {
            // The database went away, and how the run ended could not be noted in it either.
            throw failure(gone);
        }
        boolean isDone = execution.getStatus() == BatchStatus.COMPLETED;
        jdbc.sql(Resources.text("sql/registre/fin_d_execution.sql"))
                .param(isDone ? "TERMINEE" : "ECHOUEE")
                .param(number)
                .update();
        if (!isDone) {
            throw failure(
                    execution.getAllFailureExceptions().stream().findFirst().orElse(null));
        }
        folder.tidy();
        Outcome outcome = chain.outcome();
        if (chain.hasCountedOnRefused()) {
            outcome.endWith(run(context, lock, home, database, root, order.refreshAlone(), listener));
        }
        return outcome;
    }

    private static Step step(String name, JobRepository repository, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.run();
                            return RepeatStatus.FINISHED;
                        },
                        // Each step opens the transactions that it needs: none is held while the worker computes.
                        new ResourcelessTransactionManager())
                // A restart does every step again: each gives the same when done twice, and what they hand on lives in
                // memory.
                .allowStartIfComplete(true)
                .build();
    }

    /** The parameters of the unfinished execution of the same command, else those of a new one. */
    private static JobParameters parameters(JobRepository repository, JobOperator operator, String command) {
        for (JobExecution abandoned : repository.findRunningJobExecutions(JOB)) {
            operator.recover(abandoned);
        }
        Optional<JobExecution> last = repository.findJobInstances(JOB).stream()
                .max(java.util.Comparator.comparingLong(instance -> instance.getInstanceId()))
                .map(repository::getLastJobExecution);
        if (last.isPresent()
                && List.of(BatchStatus.FAILED, BatchStatus.STOPPED)
                        .contains(last.get().getStatus())
                && command.equals(last.get().getJobParameters().getString("commande"))) {
            return last.get().getJobParameters();
        }
        return new JobParametersBuilder()
                .addString("commande", command)
                .addString("numero", UUID.randomUUID().toString())
                .toJobParameters();
    }

    private static Failure failure(@Nullable Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof Failure failure) {
                return failure;
            }
            if (String.valueOf(one.getMessage()).contains("No space left")) {
                return Failure.of(
                        "Le disque est plein\u202f: rien n’est publié, rien n’est perdu. Libérez de la place et relancez.",
                        one);
            }
            if (one instanceof java.sql.SQLException || one instanceof DataAccessException) {
                return Failure.of(
                        "La base de données n’a pas répondu pendant l’exécution\u202f; rien n’est publié. Vérifiez-la et relancez la même commande.",
                        one);
            }
        }
        return Failure.of(
                "L’exécution a échoué\u202f; rien n’est publié. Relancez avec --debug et joignez ce qui s’affiche à votre signalement.",
                cause == null ? new IllegalStateException("unknown failure") : cause);
    }
}
