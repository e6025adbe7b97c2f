console.log(process.env.GIT_SHA);
