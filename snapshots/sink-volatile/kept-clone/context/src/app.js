console.log("letters");
